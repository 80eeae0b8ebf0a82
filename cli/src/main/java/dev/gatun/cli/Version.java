package dev.gatun.cli;

import dev.gatun.engine.cpu.KernelChoice;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code gatun --version} says: the version, which kernels run, and on what. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties built = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            built.load(in);
        }
        return new String[] {
            "gatun " + built.getProperty("version"), KernelChoice.describe(),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch")};
    }
}
