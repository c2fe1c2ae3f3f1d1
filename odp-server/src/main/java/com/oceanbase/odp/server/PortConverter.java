package com.oceanbase.odp.server;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Ports that the original accepts: ob_proxy_main.cpp:191-204. */
final class PortConverter implements ITypeConverter<Integer> {
    private static final int MIN = 1025;
    private static final int MAX = 65535;

    @Override
    public Integer convert(String text) {
        long port;
        try {
            port = Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new TypeConversionException("need port number: " + text);
        }
        if (port < MIN || port > MAX) {
            throw new TypeConversionException("port number should greater than 1024 and less than 65536: " + port);
        }
        return (int) port;
    }
}
