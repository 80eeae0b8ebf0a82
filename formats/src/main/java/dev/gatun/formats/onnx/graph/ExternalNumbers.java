package dev.gatun.formats.onnx.graph;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.NeighbourFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers that lie in a file beside the model's. The model's file names it, so the name is not to be trusted: what lies outside
 * of the model's folder is not read.
 *
 * @param model null for a stream, beside which there is nothing
 */
record ExternalNumbers(Path model) {

    /** @param expected how many bytes the tensor's shape needs */
    ByteBuffer bytes(TensorProto tensor, String of, long expected) {
        Map<String, String> said = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            said.put(entry.getKey(), entry.getValue());
        }
        String location = said.getOrDefault("location", "");
        Path file = file(location, of);
        long offset = whole(said, "offset", 0, of);
        long length = whole(said, "length", expected, of);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (length != expected || expected > NumberArray.MOST_NUMBERS || offset > channel.size() - length) {
                throw new IllegalArgumentException(of + " needs " + expected + " bytes, got " + length + " from byte "
                        + offset + " of " + FormatException.quote(location) + ", which has " + channel.size()
                        + "; write the model and that file again");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) length);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    throw new IllegalArgumentException(of + " ends too early in " + FormatException.quote(location)
                            + "; write the model and that file again");
                }
            }
            return bytes.flip();
        } catch (IOException failed) {
            throw new IllegalArgumentException(of + " lies in " + FormatException.quote(location)
                    + ", which cannot be read: " + FormatException.reason(failed), failed);
        }
    }

    private static long whole(Map<String, String> said, String key, long otherwise, String of) {
        String text = said.get(key);
        try {
            long value = text == null ? otherwise : Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException told) {
            // Said below, as of a number below zero.
        }
        throw new IllegalArgumentException(of + " lies in another file at the " + key + " "
                + FormatException.quote(text) + ", expected a whole number from 0");
    }

    private Path file(String location, String of) {
        if (model == null) {
            throw new IllegalArgumentException(of + " lies in the file " + FormatException.quote(location)
                    + " beside the model's, and a stream has nothing beside it; give the path of the model");
        }
        Path file = NeighbourFile.of(model, location)
                .filter(found -> location.indexOf('\\') < 0) // ONNX has slashes, on every system.
                .orElseThrow(() -> new IllegalArgumentException(of + " lies in the file "
                        + FormatException.quote(location)
                        + ", expected one inside the model's folder; put it there and write the model again"));
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(of + " lies in the file " + FormatException.quote(location)
                    + " beside the model's, where there is none; copy it there");
        }
        return file;
    }
}
