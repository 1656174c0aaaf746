using System.Diagnostics;

namespace SsaShare.Scenario.Tests.Faults;

/// <summary>Whole folders, with owners and modes, as a backup keeps them.</summary>
internal static class Folders
{
    public static async Task CopyAsync(string folder, string copy)
    {
        using var cp = Process.Start("cp", ["-a", folder, copy]);
        await cp.WaitForExitAsync();
        Assert.Equal(0, cp.ExitCode);
    }

    public static async Task ReplaceAsync(string folder, string copy)
    {
        Directory.Delete(folder, recursive: true);
        await CopyAsync(copy, folder);
    }
}
