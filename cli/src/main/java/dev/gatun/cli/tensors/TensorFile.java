package dev.gatun.cli.tensors;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.console.WrongCall;
import dev.gatun.cli.data.CsvFile;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.formats.tensors.Npz;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Kinds of files that hold tensors. */
public enum TensorFile {
    SAFETENSORS, NPY, NPZ, CSV;

    private static final int START_BYTES = 4096;

    /**
     * What a file is to be, by its name.
     *
     * @throws WrongCall if the name ends otherwise
     */
    public static TensorFile named(String option, Path file) {
        return byName(file).orElseThrow(() -> new WrongCall(
                option + " " + file + ": the name must end in .safetensors, .npy, .npz or .csv"));
    }

    /**
     * What a file is: its content decides; where that says nothing, as of text and of pipes, its name; of what has none that is
     * known it is a table.
     *
     * @throws Refusal     if it is something else, or a folder
     * @throws IOException if there is no such file, or it cannot be read
     */
    public static TensorFile of(String option, Path file) throws IOException {
        byte[] start = start(option, file);
        Optional<TensorFile> known = byContent(start).or(() -> byName(file));
        if (known.isEmpty() && Files.isRegularFile(file) && !CsvFile.isText(start)) {
            throw new Refusal(
                    option + " " + file + " holds no tensors that are known; give a .safetensors, .npy, .npz or"
                            + " .csv file");
        }
        return known.orElse(CSV);
    }

    /** Nothing of what is no plain file, for what is read from a pipe is gone. */
    private static byte[] start(String option, Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.isDirectory(file)) {
            throw new Refusal(option + " " + file + " is a folder; give a file in it");
        }
        if (!Files.isRegularFile(file)) {
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(START_BYTES);
        }
    }

    private static Optional<TensorFile> byContent(byte[] start) {
        if (begins(start, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
            return Optional.of(NPY);
        }
        if (begins(start, 'P', 'K', 3, 4)) {
            return Optional.of(NPZ);
        }
        boolean isSafetensors = start.length > Long.BYTES && start[Long.BYTES] == '{' && start[Long.BYTES - 1] == 0;
        return isSafetensors ? Optional.of(SAFETENSORS) : Optional.empty();
    }

    private static boolean begins(byte[] start, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= start.length || (start[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<TensorFile> byName(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        for (TensorFile kind : values()) {
            if (name.endsWith("." + kind.name().toLowerCase(Locale.ROOT))) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Whether tensors have names in it, so that it holds any number of them. */
    private boolean isNamed() {
        return this == SAFETENSORS || this == NPZ;
    }

    /**
     * The tensors a model takes, in its order.
     *
     * @param model what the file is read for
     * @throws Refusal     if the file does not have them: what it has and what is needed
     * @throws IOException if it cannot be read
     */
    public List<Tensor> read(Path file, ModelShape model) throws IOException {
        if (isNamed()) {
            try (TensorStore tensors = this == NPZ
                    ? new TensorStore.OfNpz(Npz.open(file))
                    : new TensorStore.OfSafetensors(Safetensors.read(file))) {
                return named(file, tensors, model);
            }
        }
        if (model.inputNames().size() > 1) {
            throw new Refusal(file + ": the model has " + model.inputNames().size() + " inputs "
                    + model.inputNames() + "; give a .safetensors or .npz file with a tensor of each name");
        }
        return List.of(this == CSV
                ? RawTable.read(file, model)
                : model.whole().getFirst() ? Npy.readInts(file) : Npy.read(file));
    }

    private static List<Tensor> named(Path file, TensorStore tensors, ModelShape model) throws IOException {
        List<String> names = model.inputNames();
        if (names.size() == 1 && tensors.names().size() == 1) {
            return List.of(tensors.tensor(tensors.names().iterator().next(), model.whole().getFirst()));
        }
        List<Tensor> read = new ArrayList<>();
        for (int input = 0; input < names.size(); input++) {
            String name = names.get(input);
            List<String> candidates = new ArrayList<>(List.of(name));
            candidates.addAll(PlaceNames.ofInput(input, names));
            String found = PlaceNames.first(candidates, tensors.names()).orElseThrow(() -> new Refusal(
                    file + ": the model's input '" + name + "' is missing; the file has "
                            + (tensors.names().isEmpty() ? "no tensors" : tensors.names()) + ", the model takes "
                            + names));
            read.add(tensors.tensor(found, model.whole().get(input)));
        }
        return read;
    }

    /** @throws Refusal if this kind of file cannot hold so many outputs */
    public void requireRoomFor(Path file, List<String> names) {
        if (!isNamed() && names.size() > 1) {
            throw new Refusal("--output " + file + ": the model has " + names.size() + " outputs " + names
                    + "; only a .safetensors or .npz file holds more than one");
        }
    }

    /** Writes all tensors, whole or not at all. */
    public void write(Path file, List<String> names, List<Tensor> tensors) throws IOException {
        switch (this) {
            case SAFETENSORS -> {
                SafetensorsWriter writer = new SafetensorsWriter();
                for (int i = 0; i < names.size(); i++) {
                    writer.tensor(names.get(i), tensors.get(i));
                }
                writer.write(file);
            }
            case NPZ -> {
                Map<String, Tensor> named = new LinkedHashMap<>();
                for (int i = 0; i < names.size(); i++) {
                    named.put(names.get(i), tensors.get(i));
                }
                Npz.write(file, named);
            }
            case NPY -> Npy.write(file, tensors.getFirst());
            case CSV -> RawTable.write(file, tensors.getFirst());
        }
    }
}
