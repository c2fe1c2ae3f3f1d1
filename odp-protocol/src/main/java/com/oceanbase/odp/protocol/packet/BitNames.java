package com.oceanbase.odp.protocol.packet;

/** Names of the bits of a word, by position; an empty name is an unknown bit. */
final class BitNames {

    private final String[] names;

    BitNames(String... names) {
        this.names = names;
    }

    String toText(long word) {
        StringBuilder text = new StringBuilder();
        for (long rest = word; rest != 0; rest &= rest - 1) {
            int bit = Long.numberOfTrailingZeros(rest);
            if (!text.isEmpty()) {
                text.append('|');
            }
            if (bit < names.length && !names[bit].isEmpty()) {
                text.append(names[bit]);
            } else {
                text.append("BIT_").append(bit);
            }
        }
        return text.toString();
    }
}
