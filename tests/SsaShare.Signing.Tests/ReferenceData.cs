using System.Text.Json;

namespace SsaShare.Signing.Tests;

/// <summary>Published test vectors, kept beside the project; tests that need them are skipped where they are absent.</summary>
internal static class ReferenceData
{
    /// <summary>A folder below the reference data.</summary>
    public static string Folder(string name)
    {
        string? root = Environment.GetEnvironmentVariable("SSA_REFERENCE_DATA") ?? BesideTheRepository();
        string? folder = root is null ? null : Path.Combine(root, name);
        if (!Directory.Exists(folder))
        {
            Assert.Skip("reference data not found");
        }

        return folder;
    }

    public static JsonElement Json(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }

    private static string? BesideTheRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SsaShare.sln")))
            {
                return Path.Combine(folder.FullName, "..", "shared", "data");
            }
        }

        return null;
    }
}
