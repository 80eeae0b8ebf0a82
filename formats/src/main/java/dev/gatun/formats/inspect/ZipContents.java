package dev.gatun.formats.inspect;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ForeignFile;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An archive: a model of Keras 3, arrays of NumPy's, a file of PyTorch's, or something else. */
final class ZipContents implements Contents.Kind {

    private static final String METADATA = "metadata.json";
    private static final String WEIGHTS = "model.weights.h5";
    private static final int MOST_METADATA_BYTES = 1 << 20;
    /** Weights beyond that are not unpacked to be listed. */
    private static final int MOST_WEIGHTS_BYTES = 1 << 26;

    @Override
    public boolean matches(ModelSource source, byte[] start) {
        return ForeignFile.isZip(source);
    }

    @Override
    public Contents of(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry("config.json") != null && zip.getEntry(METADATA) != null) {
                return keras(file, zip);
            }
            Contents contents = Contents.of(kind(zip));
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements()
                    && contents.arrays().size() < Contents.MOST;) {
                contents.arrays().add(entry(zip, all.nextElement()));
            }
            return contents;
        } catch (FormatException told) {
            throw told;
        } catch (IOException | IllegalArgumentException damaged) {
            return Contents.of(toString()).but("is not a whole archive: " + FormatException.reason(damaged));
        }
    }

    private static String kind(ZipFile zip) {
        boolean isArrays = false;
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements();) {
            String name = all.nextElement().getName();
            if (name.endsWith("/data.pkl")) {
                return "PyTorch pickle in a zip archive";
            }
            isArrays |= name.endsWith(".npy");
        }
        return isArrays ? "NumPy arrays (.npz)" : "zip archive";
    }

    private static StoredArray entry(ZipFile zip, ZipEntry entry) throws IOException {
        String name = entry.getName();
        if (name.endsWith(".npy")) {
            try (InputStream in = zip.getInputStream(entry)) {
                return NpyContents.array(name.substring(0, name.length() - ".npy".length()), Npy.info(name, in));
            } catch (FormatException noNumbers) {
                return new StoredArray(name, "not read", entry.getSize() + " bytes", StoredArray.UNKNOWN);
            }
        }
        return new StoredArray(name, "file", entry.getSize() + " bytes", StoredArray.UNKNOWN);
    }

    private static Contents keras(Path file, ZipFile zip) throws IOException {
        Contents contents = Contents.of("Keras 3 archive");
        Contents by = saying(contents, zip);
        ZipEntry weights = zip.getEntry(WEIGHTS);
        if (weights == null) {
            return by.but("it has no " + WEIGHTS);
        }
        try (InputStream in = zip.getInputStream(weights)) {
            byte[] bytes = in.readNBytes(MOST_WEIGHTS_BYTES);
            if (bytes.length == MOST_WEIGHTS_BYTES) {
                contents.arrays().add(new StoredArray(WEIGHTS, "file", weights.getSize() + " bytes",
                        StoredArray.UNKNOWN));
            } else {
                Hdf5Contents.add(file.toString(), WEIGHTS, bytes, contents);
            }
            return by;
        } catch (FormatException damaged) {
            return by.but(damaged.getMessage());
        }
    }

    /** With what the file says of itself, or what is wrong with that. */
    private static Contents saying(Contents contents, ZipFile zip) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(METADATA))) {
            String text = StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(in.readNBytes(MOST_METADATA_BYTES))).toString();
            Map<String, Object> metadata = PlainJson.object("its " + METADATA, text);
            metadata.forEach((key, value) -> contents.metadata().put(key, String.valueOf(value)));
            return metadata.get("keras_version") instanceof String version
                    ? contents.by("Keras " + version)
                    : contents;
        } catch (CharacterCodingException malformed) {
            return contents.but("its " + METADATA + " is not UTF-8 text");
        } catch (IllegalArgumentException malformed) {
            return contents.but(malformed.getMessage());
        }
    }

    @Override
    public String toString() {
        return "zip archive";
    }
}
