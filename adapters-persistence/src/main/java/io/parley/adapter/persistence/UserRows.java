package io.parley.adapter.persistence;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/** How users are read. */
@JdbcRepository(dialect = Dialect.POSTGRES)
@Requires(property = PersistenceContext.MARKER)
interface UserRows extends GenericRepository<UserRow, UUID> {

  Optional<UserRow> findById(UUID id);

  Optional<UserRow> findByIdAndTenantId(UUID id, UUID tenantId);

  /** An e-mail wins over a user name that looks like it. */
  @Query(
      """
      select * from users
      where password_hash is not null and (lower(username) = lower(:name) or lower(email) = lower(:name))
      order by coalesce(lower(email) = lower(:name), false) desc, id
      limit 1
      """)
  Optional<UserRow> findForLogin(String name);
}
