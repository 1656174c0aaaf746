using System.Diagnostics;
using System.Globalization;

namespace SsaShare.Scenario.Tests.Faults;

/// <summary>A file system of a few megabytes in memory, that a test fills up.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _ballast;

    private SmallDisk(string folder) => (Folder, _ballast) = (folder, Path.Combine(folder, "ballast"));

    public string Folder { get; }

    /// <summary>Bytes that are left.</summary>
    public long FreeBytes => new DriveInfo(Folder).AvailableFreeSpace;

    /// <returns>Null, and why, where this user may not mount anything.</returns>
    public static async Task<(SmallDisk? Disk, string Fault)> TryMountAsync(int megabytes)
    {
        string folder = Directory.CreateTempSubdirectory("ssa-disk-").FullName;
        var (code, errors) = await RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=755"), "ssa-test", folder);
        if (code == 0) return (new SmallDisk(folder), "");
        Directory.Delete(folder);
        return (null, errors.Trim());
    }

    /// <summary>Takes all room but this.</summary>
    public async Task FillAsync(long freeBytes)
    {
        byte[] zeros = new byte[1 << 20];
        await using var file = new FileStream(_ballast, FileMode.Append);
        for (long left = FreeBytes - freeBytes; left > 0; left -= zeros.Length) await file.WriteAsync(zeros.AsMemory(0, (int)Math.Min(left, zeros.Length)));
    }

    /// <summary>Gives the room back.</summary>
    public void MakeRoom() => File.Delete(_ballast);

    public void Dispose()
    {
        // Lazily: a server that was killed a moment ago may still have a file open.
        using (var unmount = Process.Start("umount", ["-l", Folder])) unmount.WaitForExit();
        Directory.Delete(Folder);
    }

    private static async Task<(int Code, string Errors)> RunAsync(string program, params string[] words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
            string errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, errors);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
