package dev.gatun.formats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Kinds of files by the bytes that they begin with. */
enum ForeignBytes {
    NPY("934e554d5059", "is a NumPy array, not a model; read it with Npy.read"), GZIP("1f8b08",
            "is compressed with gzip; unpack it first"), BZIP2("425a68",
                    "is compressed with bzip2; unpack it first"), XZ("fd377a585a00",
                            "is compressed with xz; unpack it first"), SEVEN_ZIP("377abcaf271c",
                                    "is a 7z archive; unpack it first"), ZSTD("28b52ffd",
                                            "is compressed with zstd; unpack it first"), GGUF("47475546",
                                                    "is a GGUF file of a language model, which Gatun does not run"), TFLITE(
                                                            "54464c33", 4,
                                                            "is a TensorFlow Lite model, whose weights were changed for small devices; take the Keras model it"
                                                                    + " was made from and save it with model.save(\"name.keras\")"), ORT(
                                                                            "4f52544d", 4,
                                                                            "is a model in ONNX Runtime's own format; take the .onnx it was made from"), OLD_TORCH(
                                                                                    "80028a0a6cfc9c46f9206aa8",
                                                                                    "is a PyTorch file of the old kind, which only Python can read safely"
                                                                                            + PythonLines.STATE_DICT), MXNET(
                                                                                                    "12010000000000000000000000000000",
                                                                                                    "is a file of parameters of MXNet; export the model as ONNX there"
                                                                                                            + " (mx.onnx.export_model)"), MATLAB(
                                                                                                                    "4d41544c414220352e30",
                                                                                                                    "is a file of MATLAB; export the network as ONNX there (exportONNXNetwork)"), NCNN(
                                                                                                                            "373736373531370a",
                                                                                                                            "is a network of ncnn; take the ONNX or PyTorch model it was made from"), TAR(
                                                                                                                                    "7573746172",
                                                                                                                                    257,
                                                                                                                                    "is a tar archive; unpack it first"), PARQUET(
                                                                                                                                            "50415231",
                                                                                                                                            "is a table in Parquet, not a model"), ARROW(
                                                                                                                                                    "4152524f5731",
                                                                                                                                                    "is a table in Arrow's format, not a model"), LFS(
                                                                                                                                                            "76657273696f6e2068747470733a2f2f6769742d6c66",
                                                                                                                                                            "is a pointer of Git LFS and not the file itself; fetch that with"
                                                                                                                                                                    + " git lfs pull, or download it by hand"), CHECKPOINT(
                                                                                                                                                                            "6d6f64656c5f636865636b706f696e745f706174683a",
                                                                                                                                                                            "is the list of a TensorFlow checkpoint; load the model in"
                                                                                                                                                                                    + " Python and save it with model.save(\"name.keras\")");

    /** Files that a download gave in the place of the one asked for. */
    private static final String PAGE = "is a web page and not the file itself; download that, not the page about it";
    private static final String OPENVINO = "is a model of OpenVINO; take the ONNX or Keras model it was made from";
    private static final String XML = "is XML and not a model";

    private static final int LATEST_PICKLE = 5;

    private final byte[] magic;
    private final int at;
    private final String said;

    ForeignBytes(String hex, String said) {
        this(hex, 0, said);
    }

    ForeignBytes(String hex, int at, String said) {
        this.magic = HexFormat.of().parseHex(hex);
        this.at = at;
        this.said = said;
    }

    /** @return the rest of a sentence that begins with the file's name; null if they say nothing */
    static String said(byte[] start) {
        for (ForeignBytes kind : values()) {
            if (start.length >= kind.at + kind.magic.length
                    && Arrays.equals(start, kind.at, kind.at + kind.magic.length,
                            kind.magic, 0, kind.magic.length)) {
                return kind.said;
            }
        }
        if (holdsMessages(start)) {
            return start[1] == 1 ? ForeignFile.GRAPH : ForeignFile.CORE_ML;
        }
        return inText(start);
    }

    /** Whether it is a Python pickle, of whatever. */
    static boolean isPickle(byte[] start) {
        return start.length > 1 && start[0] == (byte) 0x80 && start[1] >= 2 && start[1] <= LATEST_PICKLE;
    }

    /**
     * Of protobuf: a version (field 1), then a message (field 2) that begins with another (field 1). So do a SavedModel, whose
     * version is 1, and a Core ML model; a model of ONNX has a text there.
     */
    private static boolean holdsMessages(byte[] start) {
        if (start.length < 8 || start[0] != 8 || start[1] < 1 || start[1] > 32 || start[2] != 0x12) {
            return false;
        }
        int at = 3;
        while (at < 7 && start[at] < 0) {
            at++;
        }
        return start[at + 1 < start.length ? at + 1 : at] == 0x0a;
    }

    private static String inText(byte[] start) {
        int first = 0;
        while (first < start.length && start[first] <= ' ' && start[first] >= 0) {
            first++;
        }
        if (first == start.length || start[first] != '<') {
            return null;
        }
        String text = new String(start, first, start.length - first, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return PAGE;
        }
        if (!text.startsWith("<?xml") && !text.startsWith("<net")) {
            return null;
        }
        return text.contains("<net") ? OPENVINO : text.contains("<html") ? PAGE : XML;
    }
}
