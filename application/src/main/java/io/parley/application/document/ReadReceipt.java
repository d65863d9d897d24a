package io.parley.application.document;

import io.parley.domain.access.UserScope;
import io.parley.domain.document.ErasureId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.ReceiptRepository;
import io.parley.domain.port.persistence.ReceiptRepository.Keyed;
import java.util.Optional;

/** Shows the receipt of an erasure, to its owner or to whoever has its key. */
public final class ReadReceipt {
  private final ReceiptRepository receipts;

  public ReadReceipt(ReceiptRepository receipts) {
    this.receipts = receipts;
  }

  /** Empty when there is none of this owner's. */
  public Optional<ErasureReceipt> find(UserScope owner, ErasureId id) {
    return receipts.find(owner, id);
  }

  /** Empty when there is none that this key opens. */
  public Optional<ErasureReceipt> find(ErasureId id, Secret key) {
    return receipts
        .findKeyed(id)
        .filter(keyed -> ReceiptKey.matches(key, keyed.keyHash()))
        .map(Keyed::receipt);
  }
}
