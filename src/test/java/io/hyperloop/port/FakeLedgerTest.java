package io.hyperloop.port;

class FakeLedgerTest extends LedgerContract {
  @Override
  protected Ledger ledger() {
    return new FakeLedger();
  }
}
