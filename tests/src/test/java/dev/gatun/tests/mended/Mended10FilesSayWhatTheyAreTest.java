package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.model.Model;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Number 10: a file that is not read is called by its name, and the way to one that is read is said. */
class Mended10FilesSayWhatTheyAreTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            89484446 0d0a1a0a 0000     | model.h5       | HDF5
            89484446 0d0a1a0a 0000     | model.keras    | HDF5
            89484446 0d0a1a0a 0000     | model.gatun    | HDF5
            0807 1206 6f7261636c65     | net.onnx       | ONNX
            0807 1206 6f7261636c65     | net            | ONNX
            80028a0a 6cfc9c46f9206aa8  | old.pt         | PyTorch
            1c000000 54464c33          | net.tflite     | TensorFlow Lite
            934e554d 5059 0100         | x.npy          | NumPy
            1f8b0800 00000000 00000000 | model.gatun.gz | gzip
            47475546 03000000          | llm.gguf       | GGUF
            0a0b0c0d                   | saved_model.pb | SavedModel
            08030803080210014a24       | input_0.pb     | one tensor of ONNX's
            00000000                   | net.pth        | PyTorch
            80028a0a6cfc9c46f9206aa850192e80 | x         | PyTorch file of the old kind
            8004955a 00000000          | m.joblib       | Python pickle
            425a6839 3141              | model.keras    | bzip2
            fd377a58 5a00              | model.h5       | xz
            377abcaf 271c              | model.onnx     | 7z
            28b52ffd 0000              | model.nam      | zstd
            18000000 4f52544d          | net.onnx       | ONNX Runtime's own format
            12010000 00000000 00000000 00000000 | net.params | MXNet
            0804 120e 0a050a0b         | net.mlmodel    | Core ML
            0801 12b940 0af40a         | net            | SavedModel
            0804 12ae01 0a050a0b       | net            | Core ML
            4d41544c4142 20352e30      | net.mat        | MATLAB
            fffe7b00 2200              | amp.nam        | UTF-16; save it again in UTF-8
            feff007b 0022              | amp.json       | UTF-16; save it again in UTF-8
            50415231 0000              | x.parquet      | Parquet
            00000000                   | model.ckpt.index | TensorFlow checkpoint
            00000000                   | net.engine     | TensorRT
            """)
    void whatItsBytesOrItsNameSay(String hex, String name, String said) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        explained(Files.write(folder.resolve(name), bytes), said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"format": "layers-model", "modelTopology": {}}   | model.json | modelTopology has no layers
            {"class_name": "Sequential", "config": {}}        | model.json | without weights
              {"class_name": "Sequential", "config": {}}      | model.json | without weights
            {"architectures": ["X"], "model_type": "bert"}    | config.json | the configuration of a model in JSON
            version https://git-lfs.github.com/spec/v1        | model.safetensors | a pointer of Git LFS
            version https://git-lfs.github.com/spec/v1        | model.h5   | a pointer of Git LFS
            <!DOCTYPE html><html>                             | model.keras | a web page
            <html lang='en'>                                  | model.onnx | a web page
            <?xml version="1.0"?><net name="m">               | model.xml  | OpenVINO
            model_checkpoint_path: "model.ckpt-1"             | checkpoint | TensorFlow checkpoint
            {"config": [{"class_name": "LSTM"}, ... cut off   | model.json | without weights
            {"cases": [{"class_name": "LSTM", "config": {}}]} | cases.json | is not a model that Gatun can read
            {"state_dict": {"rnn.weight_ih_l0": {"data": 1}}} | model.json | 'rnn.weight_ih_l0' is no array of numbers
            """)
    void jsonIsToldApart(String text, String name, String said) throws IOException {
        explained(Files.writeString(folder.resolve(name), text), said);
    }

    @ParameterizedTest
    @CsvSource({"archive/data.pkl, model.pt, torch.load", "model/data.pkl, model.zip, torch.load",
        "arr_0.npy, x.npz, NumPy",
        "arr_0.npy, x.keras, numpy.load", "jit/data/0 jit/data.pkl jit/constants.pkl, x, torch.jit.load",
        "e/data/weights/weight_0 e/archive_format, e.pt2, torch.export.load",
        "configuration.json coefficients.bin, net.zip, Deeplearning4j",
        "readme.txt, x.zip, without a model; it holds 'readme.txt'",
        "model.h5, x.zip, unpack it first", "net/config.json net/metadata.json, x.keras, pack them without it"})
    void archivesAreToldApartByWhatIsInThem(String entries, String name, String said) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String entry : entries.split(" ")) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(1);
            }
        }
        explained(file, said);
    }

    @Test
    void hdf5IsReadAndWeightsAloneSayWhatToDo() throws IOException {
        Path legacy = folder.resolve("legacy.h5");
        try (WritableHdfFile hdf = HdfFile.write(legacy)) {
            hdf.putAttribute("model_config", "{}");
        }
        explained(legacy, "class_name is missing");
        Path weights = folder.resolve("model.weights.h5");
        try (WritableHdfFile hdf = HdfFile.write(weights)) {
            hdf.putGroup("layers").putGroup("dense");
        }
        explained(weights, "holds weights of Keras 3 without the model");
    }

    @Test
    void foldersAreToldApart() throws IOException {
        Path saved = Files.createDirectory(folder.resolve("saved"));
        assertTrue(message(saved).contains("is a folder"), message(saved));
        Files.createFile(saved.resolve("saved_model.pb"));
        explained(saved, "SavedModel");
        Path keras = Files.createDirectory(folder.resolve("unpacked"));
        Files.createFile(keras.resolve("config.json"));
        Files.createFile(keras.resolve("model.weights.h5"));
        explained(keras, "a folder with the files of a .keras archive");
        Path model = Files.createDirectory(folder.resolve("some"));
        Files.createFile(model.resolve("net.onnx"));
        explained(model, "is a folder; give the path of a file in it: 'net.onnx'");
        assertTrue(message(Files.createDirectory(folder.resolve("x.keras"))).contains("is a folder"));
        assertTrue(message(Files.createDirectory(folder.resolve("x.gatun"))).contains("is a folder"));
    }

    @Test
    void whatIsNothingKnownSaysSo() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "not a model at all");
        assertTrue(message(text).contains("is not a model that Gatun can read"), message(text));
        assertTrue(message(Files.createFile(folder.resolve("empty"))).contains("is not a model"));
        assertTrue(assertThrows(IOException.class,
                () -> Model.load(new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)))).getMessage()
                .startsWith("the stream is not a model"));
    }

    private static void explained(Path file, String... said) {
        String message = message(file);
        assertTrue(message.startsWith(file.toString()), message);
        for (String part : said) {
            assertTrue(message.contains(part), message);
        }
    }

    private static String message(Path file) {
        String message = assertThrows(IOException.class, () -> Model.load(file)).getMessage();
        assertEquals(1, message.lines().count());
        return message;
    }
}
