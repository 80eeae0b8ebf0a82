package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** A module that uses Gatun and asks for {@code dev.gatun.formats} and nothing else, compiled into a folder. */
final class StrangersModule {

    static final String MAIN = "stranger/stranger.Main";

    private static final String DESCRIPTOR = "module stranger { requires dev.gatun.formats; }";

    /** Loads, predicts, saves and loads again, in every format; then says which of its libraries jHDF can read. */
    private static final String SOURCE = """
            package stranger;

            import dev.gatun.formats.tensors.Npy;
            import dev.gatun.layers.model.Model;
            import dev.gatun.memory.Tensor;
            import java.nio.file.Path;
            import java.util.List;

            public final class Main {
                public static void main(String[] args) throws Exception {
                    Path keras = Path.of(args[0]);
                    Tensor x = Tensor.of(new float[] {10, 100}, 1, 2);
                    try (Model model = Model.load(keras)) {
                        System.out.println("keras " + model.predict(x).toArray()[0]);
                        for (String ending : List.of("gatun", "safetensors")) {
                            Path own = keras.resolveSibling("own." + ending);
                            model.save(own);
                            try (Model again = Model.load(own)) {
                                System.out.println(ending + " " + again.predict(x).toArray()[0]);
                            }
                        }
                        Path npy = keras.resolveSibling("x.npy");
                        Npy.write(npy, x);
                        System.out.println("npy " + model.predict(Npy.read(npy)).toArray()[0]);
                    }
                    Module jhdf = ModuleLayer.boot().findModule("io.jhdf").orElseThrow();
                    for (String library : List.of("com.ning.compress.lzf", "org.apache.commons.lang3", "org.lz4.java",
                            "org.slf4j"))
                        System.out.println(library + " "
                                + ModuleLayer.boot().findModule(library).map(jhdf::canRead).orElse(false));
                }
            }
            """;

    /** What it prints. */
    static final String OUTPUT = """
            keras 321.0
            gatun 321.0
            safetensors 321.0
            npy 321.0
            com.ning.compress.lzf true
            org.apache.commons.lang3 true
            org.lz4.java true
            org.slf4j true
            """;

    private StrangersModule() {}

    /**
     * Compiles it.
     *
     * @param jars what is on the module path
     * @return the folder of its classes
     */
    static Path compile(Path scratch, Path jars) throws IOException {
        Path sources = Files.createDirectories(scratch.resolve("src/stranger"));
        Path descriptor = Files.writeString(scratch.resolve("src/module-info.java"), DESCRIPTOR);
        Path main = Files.writeString(sources.resolve("Main.java"), SOURCE);
        Path classes = scratch.resolve("classes");
        var compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = java.util.List.of("-p", jars.toString(), "-d", classes.toString());
            boolean compiled = compiler.getTask(said, files, null, options, null,
                    files.getJavaFileObjects(descriptor, main)).call();
            assertEquals(true, compiled, said::toString);
        }
        return classes;
    }
}
