package dev.gatun.tests.attack.damage;

import dev.gatun.cli.Main;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A kind of file, how it is damaged, and what a user would then do with it. */
public enum Victim {
    /** Any bytes of a model file. */
    GATUN_BYTES(".gatun", (material, random) -> Damage.any(material.model(random), random)),
    /** The header of a model file and the documents in it. */
    GATUN_JSON(".gatun", (material, random) -> HeadedFile.damaged(material.model(random), random)),
    /** The archive as such. */
    KERAS_ZIP(".keras", (material, random) -> ZipDamage.inStructure(material.keras(random), random)),
    /** The configuration in the archive. */
    KERAS_JSON(".keras", (material, random) -> ZipDamage.inJson(material.keras(random), random)),
    /** The HDF5 file in the archive. */
    KERAS_HDF5(".keras",
            (material, random) -> ZipDamage.inBytesOf(material.keras(random), "model.weights.h5", random)), NPY(".npy",
                    (material, random) -> Damage.any(material.array(random), random)) {
                @Override
                void use(Path file, Material material) throws IOException {
                    Npy.read(file);
                }
            },
    SAFETENSORS(".safetensors", (material, random) -> random.nextBoolean()
            ? Damage.any(material.tensors(), random)
            : HeadedFile.damaged(material.tensors(), random)) {
        @Override
        void use(Path file, Material material) throws IOException {
            try (SafetensorsFile open = Safetensors.read(file)) {
                for (TensorInfo tensor : open.tensors()) {
                    open.tensor(tensor.name());
                }
            }
        }
    },
    /** A table a model is trained on, by the command line. */
    CSV_TRAIN(".csv", (material, random) -> TableDamage.of(material.table(), random)) {
        @Override
        void use(Path file, Material material) throws IOException {
            commandLine("train", file, "--target", "wave", "--date", "day", "--columns", "wave,echo", "--window", 6,
                    "--layers", 3, "--epochs", 1, "--threads", 1, "--quiet", "--out", material.in("csv.gatun"));
        }
    },
    /** A table a model forecasts from, by the command line. */
    CSV_PREDICT(".csv", (material, random) -> TableDamage.of(material.table(), random)) {
        @Override
        void use(Path file, Material material) throws IOException {
            commandLine("predict", material.forecaster(), "--input", file, "--all", "--quiet", "--output",
                    material.in("csv-forecast.csv"));
        }
    },
    /** A model made by the command line, used by the command line: the recipe in its metadata is damaged too. */
    FORECASTER(".gatun", (material, random) -> random.nextInt(3) == 0
            ? Damage.any(material.forecasterBytes(), random)
            : HeadedFile.damaged(material.forecasterBytes(), random)) {
        @Override
        void use(Path file, Material material) throws IOException {
            commandLine("predict", file, "--input", material.tableFile(), "--quiet", "--output",
                    material.in("forecast.csv"));
        }
    };

    /** What a damaged file could make a prediction so large that it only takes time. */
    private static final long MOST_ELEMENTS = 1_000_000;

    private interface Damaging {
        byte[] damaged(Material material, Random random);
    }

    private final String ending;
    private final Damaging damaging;

    Victim(String ending, Damaging damaging) {
        this.ending = ending;
        this.damaging = damaging;
    }

    String ending() {
        return ending;
    }

    /** A damaged file: the same for the same seed. */
    byte[] damaged(Material material, Random random) {
        return damaging.damaged(material, random);
    }

    /** @throws IOException if it is refused; whatever else it throws is a fault */
    void use(Path file, Material material) throws IOException {
        try (Model model = Model.load(file)) {
            List<Tensor> inputs = new ArrayList<>();
            for (Shape shape : model.inputShapes()) {
                Shape known = known(shape);
                if (known.elements() > MOST_ELEMENTS) {
                    return;
                }
                inputs.add(Tensor.zeros(known.toArray()));
            }
            if (model.predict(inputs).size() != model.outputNames().size()) {
                throw new IllegalStateException("outputs are missing");
            }
        }
    }

    private static Shape known(Shape declared) {
        long batch = declared.dim(0) == Shape.UNKNOWN ? 2 : declared.dim(0);
        Shape known = declared.with(0, batch);
        return known.rank() == 3 && known.dim(1) == Shape.UNKNOWN ? known.with(1, 3) : known;
    }

    private static void commandLine(Object... words) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] args = java.util.Arrays.stream(words).map(Object::toString).toArray(String[]::new);
        int code = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(args);
        if (code != 0) {
            throw new SaidByTheCommandLine(err.toString().strip());
        }
    }

    /** What the command line said; its words are judged as those of any other refusal. */
    private static final class SaidByTheCommandLine extends IOException {
        private static final long serialVersionUID = 1L;

        SaidByTheCommandLine(String said) {
            super(said);
        }
    }

    /** The sound files, made once in a folder that is thrown away. */
    record Material(Path folder, List<byte[]> models, List<byte[]> kerasFiles, List<byte[]> arrays, byte[] tensors,
            byte[] table, byte[] forecasterBytes) {

        static Material in(Path folder, boolean keras) throws IOException {
            Path table = Files.write(folder.resolve("table.csv"), SoundFiles.table());
            Path forecaster = folder.resolve("forecaster.gatun");
            commandLine("train", table, "--target", "wave", "--date", "day", "--columns", "wave,echo", "--window", 6,
                    "--layers", 3, "--epochs", 1, "--threads", 1, "--quiet", "--out", forecaster);
            return new Material(folder, List.of(SoundFiles.trained(folder), SoundFiles.wired(folder)),
                    keras ? SoundFiles.keras() : List.of(), SoundFiles.arrays(folder), SoundFiles.tensors(),
                    SoundFiles.table(), Files.readAllBytes(forecaster));
        }

        byte[] model(Random random) {
            return models.get(random.nextInt(models.size()));
        }

        byte[] keras(Random random) {
            return kerasFiles.get(random.nextInt(kerasFiles.size()));
        }

        byte[] array(Random random) {
            return arrays.get(random.nextInt(arrays.size()));
        }

        Path in(String name) {
            return folder.resolve(name);
        }

        Path forecaster() {
            return in("forecaster.gatun");
        }

        Path tableFile() {
            return in("table.csv");
        }
    }
}
