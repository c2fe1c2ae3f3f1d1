package com.oceanbase.odp.proxy.pipeline;

import com.oceanbase.odp.protocol.compress.CompressedPacketDecoder;
import com.oceanbase.odp.protocol.compress.CompressedPacketEncoder;
import com.oceanbase.odp.protocol.compress.CompressionAlgorithm;
import com.oceanbase.odp.protocol.compress.CompressionSequence;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.proxy.login.LoginContext;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/** Sets up MySQL's compressed protocol on a client's connection, behind the login. */
final class ClientCompression {
    private ClientCompression() {}

    /** Does nothing when client and proxy did not agree on compression. */
    static void install(ChannelPipeline pipeline, LoginContext login) {
        CompressionAlgorithm algorithm = agreed(login.capabilities());
        if (algorithm == null) {
            return;
        }
        int level = algorithm == CompressionAlgorithm.ZSTD && login.zstdLevel() > 0
                ? login.zstdLevel()
                : algorithm.defaultLevel();
        CompressionSequence sequence = new CompressionSequence();
        pipeline.addFirst(new CompressedPacketDecoder(algorithm, sequence));
        pipeline.addFirst(new CompressedPacketEncoder(algorithm, level, sequence));
    }

    /** A client that can do both gets zlib, as from a MySQL server. */
    private static @Nullable CompressionAlgorithm agreed(long capabilities) {
        if (Capabilities.has(capabilities, Capabilities.COMPRESS)) {
            return CompressionAlgorithm.ZLIB;
        }
        return Capabilities.has(capabilities, Capabilities.ZSTD_COMPRESSION_ALGORITHM)
                ? CompressionAlgorithm.ZSTD
                : null;
    }
}
