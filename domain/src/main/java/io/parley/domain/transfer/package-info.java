/** What an export carries from one installation to another, apart from the original files. */
@NullMarked
package io.parley.domain.transfer;

import org.jspecify.annotations.NullMarked;
