using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace SsaShare.Cli.Tests.Log;

/// <summary>A log that another program has made: foreign_log.py, which shares no code with this project.</summary>
public sealed class ForeignLog : IDisposable
{
    private const int Seed = 7;

    private ForeignLog(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>The tiled log.</summary>
    public string Log => In("log");

    /// <summary>Its verifier key.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Index of the entry in entry.bin and entry.tlog-proof.</summary>
    public int Index { get; private set; }

    public static async Task<ForeignLog> MakeAsync(int size, int older)
    {
        var log = new ForeignLog(Directory.CreateTempSubdirectory("ssa-foreign-").FullName);
        await log.GrowAsync(size, older);
        return log;
    }

    /// <summary>Makes the same log with more entries, and a checkpoint of an older size.</summary>
    public async Task GrowAsync(int size, int older)
    {
        string[] words = [Script(), Folder, size.ToString(CultureInfo.InvariantCulture), older.ToString(CultureInfo.InvariantCulture), Seed.ToString(CultureInfo.InvariantCulture)];
        using var python = TryStart(words);
        if (python is null) Assert.Skip("python3 not found");
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, python.ExitCode);
        using var keys = JsonDocument.Parse(await File.ReadAllBytesAsync(In("keys.json"), TestContext.Current.CancellationToken));
        (Key, Index) = (keys.RootElement.GetProperty("log").GetString()!, keys.RootElement.GetProperty("index").GetInt32());
    }

    public string In(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static Process? TryStart(string[] words)
    {
        try
        {
            return Process.Start("python3", words);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string Script() => Path.Combine(AppContext.BaseDirectory, "Log", "foreign_log.py");
}
