package com.oceanbase.odp.routing.partition.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** MurmurHash64A with a 64-bit seed (Austin Appleby, public domain). */
public final class Murmur {
    private static final long M = 0xc6a4a7935bd1e995L;

    /** Eight times {@link #M}. */
    private static final long EIGHT_BYTES = 0x35253c9ade8f4ca8L;

    private static final int R = 47;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Murmur() {}

    /** Hash of 8 bytes, little endian. */
    public static long hash(long value, long seed) {
        long h = seed ^ EIGHT_BYTES;
        long k = value * M;
        k ^= k >>> R;
        k *= M;
        h ^= k;
        h *= M;
        return finish(h);
    }

    /** Hash of the lower bytes of a number, little endian; {@code count} 0 to 7. */
    public static long hashShort(long value, int count, long seed) {
        long h = seed ^ (count * M);
        if (count > 0) {
            h ^= value & (-1L >>> (64 - 8 * count));
            h *= M;
        }
        return finish(h);
    }

    /** Hash of part of an array. */
    public static long hash(byte[] data, int offset, int length, long seed) {
        long h = start(length, seed);
        int i = offset;
        int end = offset + (length & ~7);
        for (; i < end; i += 8) {
            h = mix(h, (long) LONG.get(data, i));
        }
        int rest = length & 7;
        if (rest > 0) {
            long tail = 0;
            for (int j = rest - 1; j >= 0; j--) {
                tail = tail << 8 | (data[i + j] & 0xFF);
            }
            h = mixRest(h, tail);
        }
        return finish(h);
    }

    /** Begins the hash of {@code length} bytes that are given piece by piece. */
    static long start(int length, long seed) {
        return seed ^ (length * M);
    }

    /** Adds 8 bytes, little endian. */
    static long mix(long hash, long eightBytes) {
        long k = eightBytes * M;
        k ^= k >>> R;
        k *= M;
        return (hash ^ k) * M;
    }

    /** Adds the last 1 to 7 bytes, little endian. */
    static long mixRest(long hash, long bytes) {
        return (hash ^ bytes) * M;
    }

    /** The hash when all bytes were added. */
    static long finish(long hash) {
        long h = hash;
        h ^= h >>> R;
        h *= M;
        h ^= h >>> R;
        return h;
    }
}
