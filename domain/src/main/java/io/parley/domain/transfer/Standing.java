package io.parley.domain.transfer;

/** How something that comes from elsewhere stands to what is here. */
public enum Standing {
  /** It is not here. */
  NEW,
  /** It is here already, and stays as it is. */
  THERE,
  /** It was erased here, and does not come back. */
  ERASED,
  /** Its id belongs to somebody or something else here. */
  FOREIGN,
  /** Another local account has its user name. */
  USERNAME_TAKEN,
  /** Another local account has its e-mail address. */
  EMAIL_TAKEN
}
