using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace SsaShare.Signing.Tests.Keys.Pkcs11;

/// <summary>One token of SoftHSM for the process, in a folder of its own: the module reads its settings once.</summary>
[UnsupportedOSPlatform("windows")]
internal static class SoftHsm
{
    public const string Pin = "48151623";
    private const string Label = "ssashare tests";

    private static readonly string[] Modules =
        ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so"];

    private static readonly Lazy<string?> Folder = new(MakeToken);

    /// <summary>Absolute path of the module; the test is skipped where there is none.</summary>
    public static string Module
    {
        get
        {
            Assert.SkipWhen(Folder.Value is null, "SoftHSM is missing: apt-get install softhsm2");
            return Modules.First(File.Exists);
        }
    }

    /// <summary>Names an object of the token.</summary>
    public static Pkcs11Uri Uri(string name, string? pinFile = null)
    {
        string module = Module;
        string text = $"pkcs11:token={Label.Replace(" ", "%20", StringComparison.Ordinal)};object={name}?module-path={module}&pin-source={pinFile ?? PinFile(Pin)}";
        Assert.True(Pkcs11Uri.TryParse(text, out Pkcs11Uri? uri, out string? fault), fault);
        return uri;
    }

    /// <summary>A file with a PIN.</summary>
    public static string PinFile(string pin)
    {
        string path = Path.Combine(Folder.Value!, $"pin-{pin}");
        if (!File.Exists(path))
        {
            File.WriteAllText(path, pin);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    private static string? MakeToken()
    {
        if (!Modules.Any(File.Exists))
        {
            return null;
        }

        string folder = Directory.CreateTempSubdirectory("ssashare-softhsm-").FullName, settings = Path.Combine(folder, "softhsm2.conf");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(Path.Combine(folder, "tokens"));
        File.WriteAllText(settings, $"directories.tokendir = {Path.Combine(folder, "tokens")}\nobjectstore.backend = file\nlog.level = ERROR\n");
        // The module reads the C library's environment, which .NET's own copy does not reach; programs started from here inherit the copy.
        var setEnvironment = Marshal.GetDelegateForFunctionPointer<SetEnvironment>(NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "setenv"));
        Assert.Equal(0, setEnvironment("SOFTHSM2_CONF", settings, 1));
        Environment.SetEnvironmentVariable("SOFTHSM2_CONF", settings);
        var start = new ProcessStartInfo("softhsm2-util", ["--init-token", "--free", "--label", Label, "--pin", Pin, "--so-pin", "1234567890"]) { RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, output);
            return folder;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SetEnvironment([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
