package dev.gatun.formats.tensors;

import dev.gatun.formats.json.JsonToken;
import dev.gatun.formats.json.JsonTokens;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.check.Arguments;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells a state dict of PyTorch in a safetensors file from a model of Gatun's and from other tensors, by its header. */
public final class StateDictHeader {

    private static final String METADATA = "__metadata__";
    private static final String OWN_KEY = "gatun.format";
    private static final byte[] OWN_START = ("\"" + OWN_KEY + "\"").getBytes(StandardCharsets.US_ASCII);
    private static final int DEEPEST = 8;

    /** Of parameters that people write; a longer one is none. */
    private static final int LONGEST_NAME = 1_000;

    /** Not on the way to a model of Gatun's, for which no pattern is needed. */
    private static final class Parameters {
        /** Of recurrent modules and of attention whatever they belong to, of others a module with a name. */
        static final Pattern NAMES = Pattern.compile("(.*\\.)?(weight_ih|weight_hh)(_l\\d+(_reverse)?)?"
                + "|(.*\\.)?in_proj_weight|.*\\.(weight|running_mean)|weight"
                + "|(.*\\.)?weight(_[ih]h_l\\d+(_reverse)?)?_(g|orig)|(.*\\.)?parametrizations\\.weight\\w*\\.original0?");
    }

    private StateDictHeader() {}

    /**
     * Whether a file is a state dict.
     *
     * @param source a file, whose whole header is looked at; of a stream its first bytes
     * @return false for what is no sound safetensors file, for a model of Gatun's, and for tensors with other names
     */
    public static boolean isIn(ModelSource source) {
        Arguments.required(source, "StateDictHeader.isIn", "source", "what ModelSource.of gives");
        byte[] start = source.start();
        if (start.length <= Long.BYTES || start[Long.BYTES] != '{' || holdsOwnKey(start)) {
            return false;
        }
        long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length <= 0 || length > Safetensors.LONGEST_HEADER) {
            return false;
        }
        Optional<Path> file = source.file();
        try (InputStream in = file.isPresent() ? Files.newInputStream(file.get()) : new ByteArrayInputStream(start)) {
            in.skipNBytes(Long.BYTES);
            return isStateDict(new JsonTokens(new InputStreamReader(in, StandardCharsets.UTF_8), DEEPEST, false));
        } catch (IOException unreadable) {
            return false; // Whoever reads it says why.
        }
    }

    /** In a model of Gatun's it is among the first of the header: so none of what follows is needed for one. */
    private static boolean holdsOwnKey(byte[] start) {
        for (int at = Long.BYTES; at + OWN_START.length <= start.length; at++) {
            int same = 0;
            while (same < OWN_START.length && start[at + same] == OWN_START[same]) {
                same++;
            }
            if (same == OWN_START.length) {
                return true;
            }
        }
        return false;
    }

    private static boolean isStateDict(JsonTokens tokens) {
        boolean isLike = false;
        try {
            tokens.next();
            while (tokens.next() == JsonToken.KEY) {
                String key = tokens.text();
                tokens.next();
                if (key.equals(METADATA) && tokens.token() == JsonToken.OBJECT && isOwn(tokens)) {
                    return false;
                }
                isLike |= key.length() < LONGEST_NAME && Parameters.NAMES.matcher(key).matches();
                tokens.skip();
            }
        } catch (IOException cutOff) {
            // Of a stream the first bytes; of a damaged file what is sound.
        }
        return isLike;
    }

    /** The brace of the metadata is at hand, and then its closing one. */
    private static boolean isOwn(JsonTokens tokens) throws IOException {
        boolean isOwn = false;
        while (tokens.next() == JsonToken.KEY) {
            isOwn |= tokens.text().equals(OWN_KEY);
            tokens.next();
            tokens.skip();
        }
        return isOwn;
    }
}
