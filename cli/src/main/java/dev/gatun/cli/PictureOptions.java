package dev.gatun.cli;

import dev.gatun.cli.console.WrongCall;
import dev.gatun.cli.plot.Picture;
import dev.gatun.cli.plot.PictureFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** In which formats pictures are written. */
final class PictureOptions {

    @Option(names = "--svg", description = "Also write each picture as SVG, beside its PNG: sharp at any size.")
    private boolean svg;

    /** Refuses --svg where there is nothing to draw. */
    void require(boolean isDrawn, String otherwise) {
        if (svg && !isDrawn) {
            throw new WrongCall("--svg: " + otherwise);
        }
    }

    /** The file and what stands beside it, each once. */
    List<Path> files(Path file) {
        boolean isSvg = PictureFormat.of(file).orElseThrow() == PictureFormat.SVG;
        return svg && !isSvg ? List.of(file, PictureFormat.SVG.beside(file)) : List.of(file);
    }

    /** The names of pictures in a folder, and of what stands beside them. */
    List<String> names(List<String> pictures) {
        return pictures.stream().flatMap(name -> files(Path.of(name)).stream()).map(Path::toString).toList();
    }

    /** Writes a picture in each format asked for, and says where. */
    List<Path> write(Picture picture, Path file) throws IOException {
        List<Path> files = files(file);
        for (Path each : files) {
            picture.write(each);
        }
        return files;
    }
}
