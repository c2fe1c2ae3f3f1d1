package com.oceanbase.odp.protocol.compress;

/** The frame of a compressed packet: length on the wire (3), sequence (1), length when inflated (3, 0 = stored). */
final class CompressedFrame {

    static final int HEADER_LENGTH = 7;

    /** MySQL's MIN_COMPRESS_LENGTH: what is shorter is stored. */
    static final int MIN_COMPRESS_LENGTH = 50;

    private CompressedFrame() {}
}
