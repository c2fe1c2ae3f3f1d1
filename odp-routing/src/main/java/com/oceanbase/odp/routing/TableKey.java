package com.oceanbase.odp.routing;

/** Full name of a table as the location inner SQL asks for it; names in the letter case that the tenant stores. */
public record TableKey(String cluster, String tenant, String database, String table) implements LocationKey {
    @Override
    public String toString() {
        return cluster + ':' + tenant + ':' + database + '.' + table;
    }
}
