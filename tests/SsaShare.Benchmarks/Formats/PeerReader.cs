using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace SsaShare.Benchmarks;

/// <summary>How fast another program reads a format (tests/SsaShare.Formats.Interop).</summary>
/// <param name="Format">Of ours.</param>
/// <param name="Name">Of the other, in results.</param>
/// <param name="Programs">To try one after the other.</param>
/// <param name="Script">In the folder.</param>
/// <param name="Form">Its word for the format.</param>
internal sealed record PeerReader(string Format, string Name, string[] Programs, string Script, string Form, string Remedy)
{
    private static readonly string[] Python = ["python3", "/usr/bin/python3"];

    public static IReadOnlyList<PeerReader> All { get; } =
    [
        OfPython("tle", "tle"),
        OfPython("omm-csv", "csv"),
        OfPython("omm-json", "json"),
        OfPython("ndm-xml", "xml"),
        OfJavaScript("tle", "tle"),
        OfJavaScript("omm-json", "json"),
    ];

    /// <param name="isBare">Without the set-up of the propagator.</param>
    /// <returns>Null when the other is not there.</returns>
    public (long Records, double Seconds)? Measure(string path, bool isBare)
    {
        foreach (string program in Programs)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(program, [Path.Combine(Folder(), Script), Form, path, .. isBare ? ["bare"] : Array.Empty<string>()]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
                _ = process.StandardError.ReadToEndAsync();
                string[] words = process.StandardOutput.ReadToEnd().Split(' ');
                process.WaitForExit();
                if (process.ExitCode == 0) return (long.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
            }
            catch (Win32Exception)
            {
                // There is no such program.
            }
        }
        return null;
    }

    private static PeerReader OfPython(string format, string form) => new(format, "python_sgp4", Python, "python/parse.py", form, "apt-get install python3-sgp4");

    private static PeerReader OfJavaScript(string format, string form) => new(format, "satellite_js", ["node"], "js/parse.mjs", form, "(cd tests/SsaShare.Formats.Interop/js && npm ci)");

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SsaShare.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("No SsaShare.sln above the benchmarks."), "tests", "SsaShare.Formats.Interop");
    }
}
