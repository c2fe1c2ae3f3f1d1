package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.wire.LosslessText;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key-value pairs that a client tells at login, in their order. Keys and values are bytes, since OceanBase puts raw
 * ones (a scramble) into a value.
 */
public record ConnectionAttributes(List<Attribute> attributes) {

    public static final ConnectionAttributes NONE = new ConnectionAttributes(List.of());

    /** One pair. */
    public record Attribute(byte[] key, byte[] value) {

        public String keyText() {
            return LosslessText.decode(key);
        }

        public String valueText() {
            return LosslessText.decode(value);
        }

        int encodedSize() {
            return Wire.lenencIntSize(key.length) + key.length + Wire.lenencIntSize(value.length) + value.length;
        }
    }

    public ConnectionAttributes {
        attributes = List.copyOf(attributes);
    }

    /** The value of the first pair with this key, or null. */
    public byte @Nullable [] get(String key) {
        byte[] wanted = LosslessText.encode(key);
        for (Attribute attribute : attributes) {
            if (Arrays.equals(attribute.key, wanted)) {
                return attribute.value;
            }
        }
        return null;
    }

    /** As {@link #get}, as text. */
    public @Nullable String text(String key) {
        byte[] value = get(key);
        return value == null ? null : LosslessText.decode(value);
    }

    public boolean isEmpty() {
        return attributes.isEmpty();
    }

    /** The block with its length in front; an absent block is an empty list. */
    static ConnectionAttributes decode(ByteBuf in) {
        if (!in.isReadable()) {
            return NONE;
        }
        ByteBuf block = Wire.readLenencSlice(in);
        if (!block.isReadable()) {
            return NONE;
        }
        List<Attribute> attributes = new ArrayList<>();
        while (block.isReadable()) {
            byte[] key = Wire.readLenencBytes(block);
            attributes.add(new Attribute(key, Wire.readLenencBytes(block)));
        }
        return new ConnectionAttributes(attributes);
    }

    /** As {@link #decode}, but a broken block is an empty list. */
    static ConnectionAttributes decodeLeniently(ByteBuf in) {
        try {
            return decode(in);
        } catch (MalformedPacketException broken) {
            in.readerIndex(in.writerIndex());
            return NONE;
        }
    }

    void encode(ByteBuf out) {
        int size = 0;
        for (Attribute attribute : attributes) {
            size += attribute.encodedSize();
        }
        Wire.writeLenencInt(out, size);
        for (Attribute attribute : attributes) {
            Wire.writeLenencBytes(out, attribute.key);
            Wire.writeLenencBytes(out, attribute.value);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects pairs in order; not thread safe. */
    public static final class Builder {

        private final List<Attribute> attributes = new ArrayList<>();

        private Builder() {}

        public Builder add(String key, String value) {
            return add(LosslessText.encode(key), LosslessText.encode(value));
        }

        public Builder add(String key, byte[] value) {
            return add(LosslessText.encode(key), value);
        }

        public Builder add(byte[] key, byte[] value) {
            return add(new Attribute(key, value));
        }

        public Builder add(Attribute attribute) {
            attributes.add(attribute);
            return this;
        }

        public ConnectionAttributes build() {
            return attributes.isEmpty() ? NONE : new ConnectionAttributes(attributes);
        }
    }
}
