package dev.gatun.tests;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The archive that Keras 3 writes: who wrote it, the configuration, and the weights as HDF5. */
public final class KerasZip {

    private KerasZip() {}

    /**
     * @param config  as {@code model.to_json()} gives it
     * @param weights puts groups and numbers where Keras does
     * @return the file
     */
    public static Path write(Path file, String config, Consumer<WritableHdfFile> weights) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            put(zip, "metadata.json", "{\"keras_version\": \"3.15.1\"}".getBytes(StandardCharsets.UTF_8));
            put(zip, "config.json", config.getBytes(StandardCharsets.UTF_8));
            put(zip, "model.weights.h5", hdf(file.resolveSibling(file.getFileName() + ".h5"), weights));
        }
        return file;
    }

    private static byte[] hdf(Path scratch, Consumer<WritableHdfFile> weights) throws IOException {
        try (WritableHdfFile hdf = HdfFile.write(scratch)) {
            weights.accept(hdf);
        }
        byte[] bytes = Files.readAllBytes(scratch);
        Files.delete(scratch);
        return bytes;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }
}
