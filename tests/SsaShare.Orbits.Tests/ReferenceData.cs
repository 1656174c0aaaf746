using System.IO.Compression;

namespace SsaShare.Orbits.Tests;

/// <summary>Published data with known answers, kept beside the project; tests that need it are skipped where it is absent.</summary>
internal static class ReferenceData
{
    public static string File(string name)
    {
        string? root = Environment.GetEnvironmentVariable("SSA_REFERENCE_DATA") ?? BesideTheRepository();
        string? file = root is null ? null : Path.Combine(root, name);
        if (!System.IO.File.Exists(file)) Assert.Skip("reference data not found");
        return file;
    }

    /// <summary>Lines of a file, unpacked when its name ends in .gz.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var file = System.IO.File.OpenRead(File(name));
        using Stream stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static string? BesideTheRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "SsaShare.sln"))) return Path.Combine(folder.FullName, "..", "shared", "data");
        return null;
    }
}
