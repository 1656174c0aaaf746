using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Finds the repository's own files and the reference data beside it.</summary>
internal static class TestFiles
{
    public static readonly Epoch Now = Utc.FromDateTime(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));

    public static string Root { get; } = FindRoot();

    public static string Seed(string path) => Path.Combine(Root, "seeds", path);

    /// <summary>A file or folder of the reference data; the test is skipped where they are absent.</summary>
    public static string Reference(string path)
    {
        string? folder = Environment.GetEnvironmentVariable("SSA_REFERENCE_DATA");
        if (string.IsNullOrEmpty(folder)) folder = Path.Combine(Root, "..", "shared", "data");
        string found = Path.Combine(folder, path);
        if (!Path.Exists(found)) Assert.Skip("reference data not found");
        return found;
    }

    public static (TdmReader Reader, List<TdmItem> Items) ReadTdm(string text, TdmReadOptions? options = null) => ReadTdm(Encoding.UTF8.GetBytes(text), options);

    public static (TdmReader Reader, List<TdmItem> Items) ReadTdm(byte[] bytes, TdmReadOptions? options = null)
    {
        var reader = new TdmReader(new MemoryStream(bytes), options ?? new TdmReadOptions { FileName = "test.tdm", Now = Now });
        return (reader, [.. reader.Read()]);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SsaShare.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("No SsaShare.sln above the tests.");
    }
}
