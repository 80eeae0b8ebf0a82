package dev.gatun.formats.keras.save;

import dev.gatun.formats.PlainJson;
import dev.gatun.formats.hdf5.write.Hdf5Writer;
import dev.gatun.formats.keras.training.WrittenTraining;
import dev.gatun.layers.model.Model;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A model as a {@code .keras} archive of Keras 3: configuration and weights, stored and not packed. There is no clock in it, so
 * equal models give equal bytes.
 */
public final class KerasArchiveWriter {

    /** What wrote such files first as they are written here. */
    private static final String VERSION = "3.15.1";
    /** The first day that a zip file can tell; Keras gives it to configurations, too. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final String NO_DATE = "1980-01-01@00:00:00";

    private final String config;
    private final String metadata;
    private final Hdf5Writer weights;

    /**
     * Lays an archive out; nothing is written yet.
     *
     * @param model open, and unchanged until it is written
     * @param training of the model, or empty to leave it out
     * @throws IllegalArgumentException naming the layer or option that Keras does not have, or the metadata that is no text
     */
    public KerasArchiveWriter(Model model, Optional<WrittenTraining> training) {
        KerasWeightsLayout layout = new KerasWeightsLayout(model);
        SavedModel saved = layout.saved();
        Map<String, Object> object = saved.object(saved.name(), true);
        training.ifPresent(state -> object.put("compile_config", state.compileConfig()));
        this.config = PlainJson.text(object);
        this.metadata = metadata(SavedTexts.kept(model));
        this.weights = layout.file(training);
    }

    private static String metadata(Map<String, String> texts) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("keras_version", VERSION);
        metadata.put("date_saved", NO_DATE);
        if (!texts.isEmpty()) {
            metadata.put(SavedTexts.KEY, texts);
            SavedTexts.read(metadata); // So that what is saved can be loaded.
        }
        return PlainJson.text(metadata);
    }

    /** {@return config.json} */
    public String config() {
        return config;
    }

    /** {@return bytes of model.weights.h5} */
    public long weightBytes() {
        return weights.size();
    }

    /**
     * Writes the archive.
     *
     * @param out takes it; stays open
     * @throws IOException if it refuses
     */
    public void writeTo(WritableByteChannel out) throws IOException {
        OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(out));
        ZipOutputStream zip = new ZipOutputStream(stream, StandardCharsets.UTF_8);
        add(zip, "metadata.json", metadata.getBytes(StandardCharsets.UTF_8));
        add(zip, "config.json", config.getBytes(StandardCharsets.UTF_8));
        addWeights(zip);
        zip.finish();
        stream.flush();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        begin(zip, name, content.length, sum.getValue());
        zip.write(content);
        zip.closeEntry();
    }

    /** Twice: what is stored needs its checksum before it. */
    private void addWeights(ZipOutputStream zip) throws IOException {
        CRC32 sum = new CRC32();
        weights.writeTo(new Channel(bytes -> sum.update(bytes)));
        begin(zip, "model.weights.h5", weights.size(), sum.getValue());
        WritableByteChannel entry = Channels.newChannel(zip);
        weights.writeTo(entry);
        zip.closeEntry();
    }

    private static void begin(ZipOutputStream zip, String name, long size, long sum) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCompressedSize(size);
        entry.setCrc(sum);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
    }

    /** A channel into something that takes all it is given. */
    private record Channel(Consumer<ByteBuffer> target) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            target.accept(source);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
