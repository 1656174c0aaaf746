using System.ComponentModel;
using System.Diagnostics;

namespace SsaShare.Formats.Tests.Files;

/// <summary>The programs of others that read our files (tests/SsaShare.Formats.Interop). `./ssa test` installs them; a test without them is skipped.</summary>
internal static class OtherPrograms
{
    private static readonly Lazy<string?> PythonFound = new(() => Array.Find(["python3", "/usr/bin/python3"], python => Ends(python, "-c", "import sgp4.omm") == 0));

    private static string Folder => Path.Combine(TestFiles.Root, "tests", "SsaShare.Formats.Interop");

    /// <summary>The lines that python-sgp4 prints.</summary>
    public static string[] PythonStates(string form, string file)
    {
        Assert.SkipWhen(PythonFound.Value is null, "skipped: python-sgp4 is not there: apt-get install python3-sgp4");
        return Run(PythonFound.Value!, Path.Combine(Folder, "python", "states.py"), form, file);
    }

    /// <summary>The lines that satellite.js prints.</summary>
    public static string[] JavaScriptStates(string form, string file)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "js", "node_modules", "satellite.js")), "skipped: satellite.js is not there: (cd tests/SsaShare.Formats.Interop/js && npm ci)");
        return Run("node", Path.Combine(Folder, "js", "states.mjs"), form, file);
    }

    private static string[] Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors.Result}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static int Ends(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return -1; // There is no such program.
        }
    }
}
