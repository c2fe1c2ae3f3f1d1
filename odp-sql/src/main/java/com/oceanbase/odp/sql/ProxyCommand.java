package com.oceanbase.odp.sql;

import java.util.List;

/**
 * A statement that the proxy answers itself, or may.
 *
 * @param arguments tokens behind the words that name the command; not checked against its grammar
 */
public record ProxyCommand(Type type, List<Argument> arguments) {
    /** Names of the commands; those of two words are joined by an underscore. */
    public enum Type {
        SHOW_PROXYCONFIG,
        SHOW_PROXYSESSION,
        SHOW_PROCESSLIST,
        SHOW_GLOBALSESSION,
        SHOW_PROXYNET,
        SHOW_PROXYSM,
        SHOW_PROXYCLUSTER,
        SHOW_PROXYRESOURCE,
        SHOW_PROXYCONGESTION,
        SHOW_PROXYROUTE,
        SHOW_PROXYVIP,
        SHOW_PROXYMEMORY,
        SHOW_SQLAUDIT,
        SHOW_WARNLOG,
        SHOW_PROXYSTAT,
        SHOW_PROXYTRACE,
        SHOW_PROXYINFO,
        ALTER_PROXYCONFIG,
        ALTER_PROXYRESOURCE,
        PING_PROXY,
        KILL_PROXYSESSION,
        KILL_GLOBALSESSION,
        /** {@code KILL [CONNECTION | QUERY] id}. */
        KILL,
        /**
         * {@code EXPLAIN ROUTE [FORMAT = format]}; the arguments are the index of the first byte of EXPLAIN, that
         * behind these words, where the statement begins with its comments, and the format if there is one.
         */
        EXPLAIN_ROUTE,
        SELECT_PROXY_VERSION,
        SELECT_PROXY_STATUS,
        SELECT_ROUTE_ADDRESS,
        SET_ROUTE_ADDRESS,
        /** {@code SELECT @@tx_read_only} or {@code @@transaction_read_only}, with the scope if any, and nothing else. */
        SELECT_TX_READ_ONLY,
        SHOW_SLAVE_HOSTS,
        SHOW_RELAYLOG_EVENTS,
        /** {@code BINLOG 'event'}. */
        BINLOG
    }

    /** One token: words as written, quoted ones without their quotes. */
    public record Argument(Form form, String text) {
        /** Form of an argument. */
        public enum Form {
            WORD,
            QUOTED,
            NUMBER,
            SYMBOL
        }

        /** Whether this is the given word or symbol, whatever its case. */
        public boolean is(String word) {
            return (form == Form.WORD || form == Form.SYMBOL) && text.equalsIgnoreCase(word);
        }
    }
}
