package com.oceanbase.odp.protocol.compress;

/** How payloads are compressed; client and server agree on it by capability. */
public enum CompressionAlgorithm {
    /** One zlib stream per packet, capability COMPRESS; levels 0 to 9. */
    ZLIB(6),
    /** One zstd frame per packet, capability ZSTD_COMPRESSION_ALGORITHM; levels 1 to 22. */
    ZSTD(3);

    private final int defaultLevel;

    CompressionAlgorithm(int defaultLevel) {
        this.defaultLevel = defaultLevel;
    }

    /** MySQL's own default level. */
    public int defaultLevel() {
        return defaultLevel;
    }

    Expander newExpander() {
        return switch (this) {
            case ZLIB -> new ZlibExpander();
            case ZSTD -> new ZstdExpander();
        };
    }

    Shrinker newShrinker(int level) {
        return switch (this) {
            case ZLIB -> new ZlibShrinker(level);
            case ZSTD -> new ZstdShrinker(level);
        };
    }
}
