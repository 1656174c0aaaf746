using System.Globalization;

namespace SsaShare.Storage;

/// <summary>The server's settings, given on its command line so that they follow the program and not the data.</summary>
internal static class ServerSettings
{
    public static IEnumerable<string> Arguments(ClusterFolders folders, PrivateClusterOptions options)
        => Of(folders, options).SelectMany(setting => new[] { "-c", $"{setting.Name}={setting.Value}" });

    private static IEnumerable<(string Name, string Value)> Of(ClusterFolders folders, PrivateClusterOptions options)
    {
        string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
        yield return ("cluster_name", folders.ClusterName);
        // Nobody reaches it but over the socket, and the socket's folder has mode 0700.
        yield return ("listen_addresses", "");
        yield return ("unix_socket_directories", $"\"{folders.Socket}\"");
        yield return ("unix_socket_permissions", "0700");
        yield return ("max_connections", Number(options.ConnectionsMax));
        // What was confirmed survives a power cut.
        yield return ("fsync", "on");
        yield return ("synchronous_commit", "on");
        yield return ("full_page_writes", "on");
        // A small machine that takes bulk loads: modest memory, rare checkpoints.
        yield return ("shared_buffers", $"{options.SharedBuffersMb}MB");
        yield return ("work_mem", "8MB");
        yield return ("maintenance_work_mem", "64MB");
        yield return ("wal_buffers", "16MB");
        yield return ("min_wal_size", "128MB");
        yield return ("max_wal_size", "2GB");
        yield return ("checkpoint_timeout", "15min");
        yield return ("checkpoint_completion_target", "0.9");
        yield return ("jit", "off");
        yield return ("random_page_cost", "1.1");
        // A node that died in a transaction must not hold others up for hours.
        yield return ("idle_in_transaction_session_timeout", "10min");
        yield return ("timezone", "UTC");
        yield return ("log_timezone", "UTC");
        yield return ("log_checkpoints", "off");
        yield return ("log_line_prefix", "%m [%p] %u@%d ");
    }
}
