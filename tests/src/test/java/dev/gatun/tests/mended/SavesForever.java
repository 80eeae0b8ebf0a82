package dev.gatun.tests.mended;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import java.io.IOException;
import java.nio.file.Path;

/** Saves one model again and again until it is killed; says so when the first one is there. */
final class SavesForever {

    private SavesForever() {}

    public static void main(String[] none) throws IOException {
        Path file = Path.of(System.getProperty("target"));
        try (Model model = Sequential.of(Input.shape(500), Dense.units(2000))) {
            model.save(file);
            System.out.println("saved");
            while (true) {
                model.save(file);
            }
        }
    }
}
