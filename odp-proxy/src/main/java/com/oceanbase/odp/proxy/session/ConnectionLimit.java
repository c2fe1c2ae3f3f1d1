package com.oceanbase.odp.proxy.session;

/**
 * How many client connections there may be.
 *
 * @param connections the largest number, 0 for no limit
 * @param evictsIdlest a client beyond it takes the place of the one that has been idle longest, instead of being refused
 */
public record ConnectionLimit(int connections, boolean evictsIdlest) {
    /** Whether a client that has just connected, and is counted already, may stay. May end another one. */
    public boolean admits(SessionRegistry sessions) {
        if (connections == 0 || sessions.count() <= connections) {
            return true;
        }
        ClientSession idlest = evictsIdlest ? sessions.idlest() : null;
        if (idlest != null) {
            idlest.execute(ClientSession::kill);
        }
        return idlest != null;
    }
}
