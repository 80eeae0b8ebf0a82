package dev.gatun.formats;

import dev.gatun.formats.json.JsonKind;
import dev.gatun.memory.check.Arguments;
import dev.gatun.layers.model.ModelSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Kinds of files that people have models in and Gatun does not read: what one is, and the way from it to one that is read. */
public final class ForeignFile {

    private static final String TO_KERAS = "; load it in Python with Keras 3 and save it with model.save(\"name.keras\")";
    private static final String FROM_TORCH = "; turn it into safetensors in Python: import torch, safetensors.torch;"
            + " d = torch.load(\"name.pt\", map_location=\"cpu\", weights_only=True);"
            + " safetensors.torch.save_file({k: v.contiguous() for k, v in d.items()}, \"name.safetensors\")";

    /** Whatever its name, which may be that of another kind. */
    private static final String HDF5 = "is an HDF5 file; if it is a model of Keras, read it with LegacyKerasFormat.of";
    private static final String ONNX = "is like an ONNX model, but does not begin as a whole one; copy or download it again";
    private static final String TORCH = "is a PyTorch file, which only Python can read safely" + FROM_TORCH;
    private static final String PICKLE = "is a Python pickle, perhaps an old PyTorch file, which only Python can read safely"
            + FROM_TORCH;
    private static final String TFLITE = "is a TensorFlow Lite model, whose weights were changed for small devices; take"
            + " the Keras model it was made from and save it with model.save(\"name.keras\")";
    private static final String SAVED_MODEL = "is a TensorFlow SavedModel" + TO_KERAS;
    private static final String GRAPH = "is a TensorFlow graph, part of a SavedModel" + TO_KERAS;
    private static final String NPZ = "is an archive of NumPy arrays without a model; read each array with Npy.read and set"
            + " them in a model that is built here";
    private static final String NPY = "is a NumPy array, not a model; read it with Npy.read";
    private static final String KERAS_JSON = "is a model's configuration in JSON, without weights; give it to"
            + " LegacyKerasFormat.of with the file of its weights, or save the model with model.save(\"name.keras\")";
    private static final String SHARDS = "is a list of Keras's files of weights without the model they belong to; build the"
            + " model and load them into it with KerasWeightsFile.load, or give the model's JSON and this file to"
            + " LegacyKerasFormat.of";
    private static final String GZIP = "is compressed with gzip; unpack it first";
    private static final String GGUF = "is a GGUF file of a language model, which Gatun does not run";

    private static final Map<String, String> BY_ENDING = new LinkedHashMap<>();

    static {
        BY_ENDING.put(".onnx", ONNX);
        BY_ENDING.put(".pt", TORCH);
        BY_ENDING.put(".pth", TORCH);
        BY_ENDING.put(".pb", GRAPH);
        BY_ENDING.put(".tflite", TFLITE);
        BY_ENDING.put(".npz", NPZ);
        BY_ENDING.put(".npy", NPY);
        BY_ENDING.put(".pkl", PICKLE);
    }

    private static final byte[] HDF5_MAGIC = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int HDF5_USER_BLOCK = 512;
    private static final byte[] ZIP_MAGIC = {'P', 'K', 3, 4};
    private static final byte[] NPY_MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b, 8};

    /** Of a zip entry's local header: where the length of its name stands, and the name. */
    private static final int NAME_LENGTH_AT = 26;
    private static final int NAME_AT = 30;

    private static final int LATEST_PICKLE = 5;

    private ForeignFile() {}

    /**
     * What a file is, as its first bytes say or, if they say nothing, its name.
     *
     * @param source not one that Gatun reads
     * @return the rest of a sentence that begins with the file's name; empty if neither is known
     */
    public static Optional<String> explained(ModelSource source) {
        Arguments.required(source, "ForeignFile.explained", "source", "what ModelSource.of gives");
        if (source.isFolder()) {
            return source.path().filter(path -> Files.exists(path.resolve("saved_model.pb"))).map(path -> SAVED_MODEL);
        }
        Optional<String> said = byContent(source);
        if (said.isPresent()) {
            return said;
        }
        return BY_ENDING.entrySet().stream()
                .filter(known -> source.hasEnding(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * What a file is, as its first bytes say, whatever its name.
     *
     * @param source a file or a stream
     * @return the rest of a sentence that begins with the file's name; empty if they say nothing
     */
    public static Optional<String> byContent(ModelSource source) {
        Arguments.required(source, "ForeignFile.byContent", "source", "what ModelSource.of gives");
        byte[] start = source.start();
        if (isLikeSafetensors(start)) {
            return Optional.empty(); // Its first bytes are a number, and may be any.
        }
        if (isHdf5(source)) {
            return Optional.of(HDF5);
        }
        if (isZip(source)) {
            return Optional.ofNullable(inZip(firstEntry(start)));
        }
        if (begins(start, 0, NPY_MAGIC)) {
            return Optional.of(NPY);
        }
        if (begins(start, 0, GZIP_MAGIC)) {
            return Optional.of(GZIP);
        }
        if (begins(start, 0, "GGUF".getBytes(StandardCharsets.US_ASCII))) {
            return Optional.of(GGUF);
        }
        if (begins(start, 4, "TFL3".getBytes(StandardCharsets.US_ASCII))) {
            return Optional.of(TFLITE);
        }
        if (start.length > 1 && start[0] == (byte) 0x80 && start[1] >= 2 && start[1] <= LATEST_PICKLE) {
            return Optional.of(PICKLE);
        }
        if (start.length > 0 && start[0] == '{') {
            return JsonKind.of(source).map(ForeignFile::ofJson);
        }
        return Optional.ofNullable(isOnnx(start) ? ONNX : null);
    }

    /**
     * Whether these are the first bytes of a zip archive.
     *
     * @param source a file or a stream
     * @return whether it begins with a zip entry
     */
    public static boolean isZip(ModelSource source) {
        Arguments.required(source, "ForeignFile.isZip", "source", "what ModelSource.of gives");
        return begins(source.start(), 0, ZIP_MAGIC);
    }

    /**
     * Whether these are the first bytes of an HDF5 file, or those behind the smallest block that may stand in front of it.
     *
     * @param source a file or a stream
     * @return whether HDF5 begins there
     */
    public static boolean isHdf5(ModelSource source) {
        Arguments.required(source, "ForeignFile.isHdf5", "source", "what ModelSource.of gives");
        byte[] start = source.start();
        return begins(start, 0, HDF5_MAGIC) || begins(start, HDF5_USER_BLOCK, HDF5_MAGIC);
    }

    /** PyTorch names its first entry after the archive; NumPy's are arrays. */
    private static String inZip(String entry) {
        if (entry.endsWith("/data.pkl") || entry.endsWith("/.format_version") || entry.endsWith("/byteorder")) {
            return TORCH;
        }
        return entry.endsWith(".npy") ? NPZ : null;
    }

    /** Null for the kinds that are read. */
    private static String ofJson(JsonKind kind) {
        return switch (kind) {
            case KERAS -> KERAS_JSON;
            case KERAS_SHARDS -> SHARDS;
            default -> null;
        };
    }

    private static String firstEntry(byte[] start) {
        if (start.length < NAME_AT) {
            return "";
        }
        int length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getShort(NAME_LENGTH_AT) & 0xffff;
        return new String(start, NAME_AT, Math.min(length, start.length - NAME_AT), StandardCharsets.UTF_8);
    }

    /** Eight bytes of length, the upper ones 0, then JSON. */
    private static boolean isLikeSafetensors(byte[] start) {
        return start.length > Long.BYTES && start[Long.BYTES] == '{'
                && ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(Integer.BYTES) == 0;
    }

    /** A version of the format (field 1), then who made it (field 2, text); nothing else begins so. */
    private static boolean isOnnx(byte[] start) {
        return start.length > 4 && start[0] == 8 && start[1] > 0 && start[1] < 32 && start[2] == 0x12
                && start[3] > 0 && start[4] >= ' ';
    }

    private static boolean begins(byte[] start, int at, byte[] magic) {
        return start.length >= at + magic.length
                && Arrays.equals(start, at, at + magic.length, magic, 0, magic.length);
    }
}
