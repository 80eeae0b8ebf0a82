package dev.gatun.cli.plot;

import dev.gatun.cli.console.WrongCall;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** How a picture lies in a file; the file's name says which. */
public enum PictureFormat {

    /** Pixels. */
    PNG,

    /** Lines, sharp at any size. */
    SVG;

    private String ending() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format of a file.
     *
     * @param file with a name
     * @return empty if its name ends in neither .png nor .svg
     */
    public static Optional<PictureFormat> of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        for (PictureFormat format : values()) {
            if (name.endsWith(format.ending())) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /**
     * Refuses a name before any work is done for it.
     *
     * @param option that gave the file
     * @param file   to be written
     * @throws WrongCall if its name says no format
     */
    public static void require(String option, Path file) {
        if (of(file).isEmpty()) {
            throw new WrongCall(option + " " + file + ": the name must end in .png, .svg or .dot");
        }
    }

    /**
     * The file beside a picture that has it in this format.
     *
     * @param file with a name that ends in .png or .svg
     * @return in the same folder, with this format's ending
     */
    public Path beside(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending());
    }
}
