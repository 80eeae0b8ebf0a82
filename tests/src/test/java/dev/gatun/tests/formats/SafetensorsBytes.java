package dev.gatun.tests.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Safetensors files made by hand, sound and unsound. */
final class SafetensorsBytes {

    private SafetensorsBytes() {}

    /** A file with one JSON object of the given entries, and numbers behind it. */
    static byte[] of(String entries, byte[] numbers) {
        return withHeader(("{" + entries + "}").getBytes(StandardCharsets.UTF_8), numbers);
    }

    static byte[] withHeader(byte[] header, byte[] numbers) {
        return ByteBuffer.allocate(8 + header.length + numbers.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .put(numbers)
                .array();
    }

    /** The first 8 bytes, and as many more as asked for. */
    static byte[] length(long length, int more) {
        return ByteBuffer.allocate(8 + more).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    }

    static String entry(String name, String dtype, String shape, long begin, long end) {
        return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin
                + "," + end
                + "]}";
    }
}
