package com.oceanbase.odp.routing.partition.condition;

import com.oceanbase.odp.routing.partition.TableColumn;
import java.util.Arrays;
import java.util.List;

/** One domain for each column of a table; a row matters only if each of its values is in the domain. The array is never changed. */
public record Box(Domain[] domains) {
    /** All rows of a table with this many columns. */
    public static Box all(int columns) {
        Domain[] domains = new Domain[columns];
        Arrays.fill(domains, Domain.Any.INSTANCE);
        return new Box(domains);
    }

    /** Domain of a column. */
    public Domain domain(int column) {
        return domains[column];
    }

    /** The same with another domain of one column. */
    public Box with(int column, Domain domain) {
        Domain[] copy = domains.clone();
        copy[column] = domain;
        return new Box(copy);
    }

    /** Whether no row can match. */
    public boolean isEmpty() {
        for (Domain domain : domains) {
            if (domain instanceof Domain.None) {
                return true;
            }
        }
        return false;
    }

    /** Rows that are in both. */
    public Box intersect(Box other, List<TableColumn> columns) {
        Domain[] met = new Domain[domains.length];
        for (int i = 0; i < met.length; i++) {
            met[i] = Domain.intersect(columns.get(i).type(), domains[i], other.domains[i]);
        }
        return new Box(met);
    }

    /** The only column that is limited, -1 if there is none or are several. */
    int onlyLimited() {
        int found = -1;
        for (int i = 0; i < domains.length; i++) {
            if (!(domains[i] instanceof Domain.Any)) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Box(Domain[] others) && Arrays.equals(domains, others);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(domains);
    }

    @Override
    public String toString() {
        return Arrays.toString(domains);
    }
}
