package dev.gatun.cli.tensors;

import dev.gatun.cli.console.Refusal;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Kinds of files that hold tensors, known by their extension. */
public enum TensorFile {
    SAFETENSORS, NPY, CSV;

    /** @throws Refusal if the extension is none of the three */
    public static TensorFile of(String option, Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        for (TensorFile kind : values()) {
            if (name.endsWith("." + kind.name().toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw new Refusal(option + " " + file + ": the name must end in .safetensors, .npy or .csv");
    }

    /**
     * The tensors a model takes, in its order.
     *
     * @param model what the file is read for
     * @throws Refusal     if the file does not have them: what it has and what is needed
     * @throws IOException if it cannot be read
     */
    public List<Tensor> read(Path file, ModelShape model) throws IOException {
        if (this == SAFETENSORS) {
            try (SafetensorsFile tensors = Safetensors.read(file)) {
                return named(tensors, model);
            }
        }
        if (model.inputNames().size() > 1) {
            throw new Refusal(file + ": the model has " + model.inputNames().size() + " inputs "
                    + model.inputNames() + "; give a .safetensors file with a tensor of each name");
        }
        return List.of(this == CSV
                ? RawTable.read(file, model)
                : model.whole().getFirst() ? Npy.readInts(file) : Npy.read(file));
    }

    private static List<Tensor> named(SafetensorsFile file, ModelShape model) throws IOException {
        List<String> names = model.inputNames();
        List<String> there = file.tensors().stream().map(TensorInfo::name).toList();
        if (names.size() == 1 && there.size() == 1) {
            return List.of(tensor(file, there.getFirst(), model.whole().getFirst()));
        }
        List<Tensor> tensors = new ArrayList<>();
        for (int input = 0; input < names.size(); input++) {
            String name = names.get(input);
            if (!file.contains(name)) {
                throw new Refusal(file.name() + ": the model's input '" + name + "' is missing; the file has "
                        + (there.isEmpty() ? "no tensors" : there) + ", the model takes " + names);
            }
            tensors.add(tensor(file, name, model.whole().get(input)));
        }
        return tensors;
    }

    private static Tensor tensor(SafetensorsFile file, String name, boolean whole) throws IOException {
        return whole ? file.ints(name) : file.tensor(name);
    }

    /** @throws Refusal if this kind of file cannot hold so many outputs */
    public void requireRoomFor(Path file, List<String> names) {
        if (this != SAFETENSORS && names.size() > 1) {
            throw new Refusal("--output " + file + ": the model has " + names.size() + " outputs " + names
                    + "; only a .safetensors file holds more than one");
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
            case NPY -> Npy.write(file, tensors.getFirst());
            case CSV -> RawTable.write(file, tensors.getFirst());
        }
    }
}
