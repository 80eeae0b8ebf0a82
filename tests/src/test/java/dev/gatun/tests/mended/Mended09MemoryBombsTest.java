package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.forecast.Curve;
import dev.gatun.cli.forecast.Recipe;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.PlainJson;
import dev.gatun.layers.model.Model;
import dev.gatun.tests.formats.GatunModels;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Number 9: a small file that would fill the heap, or the stack, is refused, and each limit has its own words. */
class Mended09MemoryBombsTest {

    private static final String METADATA = "{\"keras_version\": \"3.10.0\"}";

    @TempDir
    Path folder;

    /** The one that took 3.5 GB. */
    @Test
    void twentyMillionObjectsInAHundredKilobytesAreRefused() throws IOException {
        Path file = keras("bomb.keras", ZipEntry.DEFLATED, METADATA, objects(20_000_000), new byte[0]);
        assertTrue(Files.size(file) < 200_000, "bytes: " + Files.size(file));
        refused(file, "config.json unpacks from", "200 times");
    }

    @Test
    void tooManyValuesAreRefused() throws IOException {
        refused(keras("values.keras", ZipEntry.STORED, METADATA, objects(2_000_001), new byte[0]),
                "config.json holds more than 2000000 values");
        refused(keras("metadata.keras", ZipEntry.STORED, "{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}", "{}",
                new byte[0]), "metadata.json nests deeper than 100 levels");
        refused(keras("large.keras", ZipEntry.STORED, " ".repeat(1 << 21), "{}", new byte[0]),
                "metadata.json has 2097152 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatun.model", "gatun.user", "gatun.training"})
    void everyTextInAGatunFileHasTheSameLimits(String key) throws IOException {
        refused(gatun(key, objects(2_000_001)), key, "more than 2000000 values");
        refused(gatun(key, "{\"a\":" + "{\"a\":".repeat(200_000) + "1" + "}".repeat(200_000) + "}"), key,
                "nests deeper than 100 levels");
        refused(gatun(key, "{\"a\":" + "9".repeat(2000) + "}"), key, "a number of more than 1000 digits");
    }

    @Test
    void aTextBeyondTheLimitIsRefused() {
        String text = "{\"a\":\"" + "x".repeat(PlainJson.LONGEST) + "\"}";
        assertTrue(assertThrows(IllegalArgumentException.class, () -> PlainJson.object("it", text)).getMessage()
                .contains("expected at most 100000000"));
    }

    @Test
    void theHeaderItselfHasLimitsToo() throws IOException {
        for (String deep : new String[] {"[".repeat(100_000), "{\"a\":".repeat(100_000)}) {
            byte[] json = ("{\"t\":{\"new\":" + deep).getBytes(StandardCharsets.UTF_8);
            ByteBuffer bytes = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putLong(json.length).put(json);
            refused(Files.write(folder.resolve("deep.gatun"), bytes.array()), "nests deeper than 32 levels");
        }
    }

    /** What the command line keeps in the metadata is read within the same limits. */
    @Test
    void theCommandLinesOwnTextsHaveTheSameLimits() {
        String bomb = objects(2_000_001);
        assertTrue(assertThrows(Refusal.class, () -> Recipe.in(Map.of(Recipe.KEY, bomb))).getMessage()
                .contains("more than 2000000 values"));
        assertThrows(Refusal.class, () -> Curve.in(Map.of(Curve.KEY, bomb)));
    }

    /** Twice the weights in one place: a file may not hold more numbers than bytes. */
    @Test
    void weightsThatShareTheirBytesAreRefused() throws IOException {
        Path h5 = folder.resolve("weights.h5");
        float[][] kernel = new float[300][300];
        try (WritableHdfFile hdf = HdfFile.write(h5)) {
            WritableGroup layers = hdf.putGroup("layers");
            for (String name : new String[] {"dense", "dense_1"}) {
                WritableGroup variables = layers.putGroup(name).putGroup("vars");
                variables.putDataset("0", kernel);
            }
        }
        Place first = Place.of(h5, "layers/dense_1/vars/0");
        Place second = Place.of(h5, "layers/dense/vars/0");
        assertTrue(first.data() < second.header(), "the second kernel is the end of the file");
        byte[] shared = Arrays.copyOf(Files.readAllBytes(h5), (int) second.data() + 1000);
        second.moveTo(first.data(), shared);
        String layer = """
                {"class_name": "Dense", "config": {"name": "dense%s", "units": 300, "use_bias": false}},""";
        String config = """
                {"class_name": "Sequential", "config": {"name": "s", "layers": [
                {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 300]}},%s]}}"""
                .formatted((layer.formatted("") + layer.formatted("_1")).replaceAll(",$", ""));
        refused(keras("shared.keras", ZipEntry.STORED, METADATA, config, shared), "beside 360000 read already");
    }

    /** Where a dataset's header and its numbers lie. */
    private record Place(long header, long data) {

        static Place of(Path h5, String path) {
            try (HdfFile hdf = new HdfFile(h5)) {
                ContiguousDataset dataset = (ContiguousDataset) hdf.getDatasetByPath(path);
                return new Place(dataset.getAddress(), dataset.getDataAddress());
            }
        }

        /** The header is followed by the numbers, and ends with its checksum. */
        void moveTo(long other, byte[] file) {
            ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            int end = (int) data - Integer.BYTES;
            for (int at = (int) header; at + Long.BYTES <= end; at++) {
                if (bytes.getLong(at) == data) {
                    bytes.putLong(at, other);
                }
            }
            bytes.putInt(end, JenkinsLookup3HashLittle.hash(Arrays.copyOfRange(file, (int) header, end)));
        }
    }

    private static String objects(int count) {
        return "{\"a\":[" + "{},".repeat(count - 1) + "{}]}";
    }

    private Path gatun(String key, String text) throws IOException {
        Path sound = folder.resolve("sound.gatun");
        try (Model model = GatunModels.rich(1)) {
            model.save(sound);
        }
        Path bomb = folder.resolve("bomb.gatun");
        GatunModels.rewrite(sound, bomb, (metadata, tensors) -> metadata.put(key, text));
        return bomb;
    }

    private Path keras(String name, int method, String metadata, String config, byte[] weights) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, method, "metadata.json", metadata.getBytes(StandardCharsets.UTF_8));
            put(zip, method, "config.json", config.getBytes(StandardCharsets.UTF_8));
            put(zip, method, "model.weights.h5", weights);
        }
        return file;
    }

    private static void put(ZipOutputStream zip, int method, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        entry.setSize(bytes.length);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static void refused(Path file, String... said) {
        String message = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
        for (String part : said) {
            assertTrue(message.contains(part), message);
        }
        assertEquals(1, message.lines().count());
        assertTrue(message.length() < 1000, "characters: " + message.length());
    }
}
