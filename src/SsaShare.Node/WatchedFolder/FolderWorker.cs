using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SsaShare.Node;

/// <summary>Looks into the watched folder as long as the node runs. One node alone uses a folder.</summary>
internal sealed class FolderWorker(FolderOptions options, IngestDesk desk, TimeProvider time, ILogger<FolderWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var files = new FolderFiles(options.Folder);
        var sweep = new FolderSweep(options, files, desk, time, logger);
        bool isUsable = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                files.CreateFolders();
                // Held while the node uses the folder; the system lets go of it however the process ends.
                await using var held = new FileStream(files.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                isUsable = true;
                await SweepAsync(sweep, stoppingToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Said once: another process has it, or the disk is away. It is looked at again.
                if (isUsable) NodeLog.FolderUnusable(logger, options.Folder, e);
                isUsable = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            await Task.Delay(options.Poll, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SweepAsync(FolderSweep sweep, CancellationToken stoppingToken)
    {
        while (true)
        {
            await sweep.RunAsync(stoppingToken);
            await Task.Delay(options.Poll, time, stoppingToken);
        }
    }
}
