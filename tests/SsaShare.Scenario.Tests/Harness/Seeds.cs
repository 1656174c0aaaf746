namespace SsaShare.Scenario.Tests;

/// <summary>The repository's real observations and sensors.</summary>
internal static class Seeds
{
    public static byte[] Read(params string[] path) => File.ReadAllBytes(Path.Combine([Root, .. path]));

    private static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "seeds", "partners", "fusion.json"))) return Path.Combine(folder.FullName, "seeds");
        throw new DirectoryNotFoundException("No folder above the tests holds seeds.");
    }
}
