using System.Security.Cryptography;
using System.Text;

namespace SsaShare.Storage;

/// <summary>Where a cluster's files are.</summary>
/// <param name="State">The caller's state folder.</param>
/// <param name="Home">Belongs to the caller; locks.</param>
/// <param name="Server">Belongs to the server's user, mode 0700: data, log and, where the path is short enough, the socket.</param>
/// <param name="Socket">Belongs to the server's user, mode 0700.</param>
internal sealed record ClusterFolders(string State, string Home, string Server, string Socket)
{
    private const int Port = 5432;

    /// <summary>Longest path of a unix socket, bytes, without its final zero (sockaddr_un on Linux).</summary>
    private const int SocketPathBytesMax = 107;

    /// <summary>Where clusters of root go whose state folder the server's user cannot enter, such as one below /root.</summary>
    private const string SharedRoot = "/var/lib/ssashare";

    public string Data => Path.Combine(Server, "data");
    public string Log => Path.Combine(Server, "server.log");
    public string StartLock => Path.Combine(Home, "start.lock");
    public string OwnerLock => Path.Combine(Home, "owner.lock");
    public string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Shown in the titles of the server's processes; the same for the same data.</summary>
    public string ClusterName => "ssa-" + ShortHash(Data);

    /// <summary>Finds the folders of a state folder and makes those that are missing.</summary>
    public static async Task<ClusterFolders> OpenAsync(string stateFolder, ServerAccount account, CancellationToken cancellationToken)
    {
        string state = Path.GetFullPath(stateFolder);
        try
        {
            Directory.CreateDirectory(state);
            string home = KnownHome(state) ?? await ChooseHomeAsync(state, account, cancellationToken);
            string server = Path.Combine(home, "server"), socket = SocketFolder(server);
            foreach (string folder in new[] { Path.GetDirectoryName(home)!, home }) MakeEnterable(folder);
            await account.MakeOwnFolderAsync(server, cancellationToken);
            MakeEnterable(Path.GetDirectoryName(socket)!);
            await account.MakeOwnFolderAsync(socket, cancellationToken);
            return new ClusterFolders(state, home, server, socket);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PrivateClusterException($"{e.Message} Run ssa as the user who made '{state}', or choose another state folder.", e);
        }
    }

    /// <summary>The folders of a state folder as they are; null when it has no cluster.</summary>
    public static ClusterFolders? Find(string stateFolder)
    {
        string state = Path.GetFullPath(stateFolder);
        if (KnownHome(state) is not { } home) return null;
        string server = Path.Combine(home, "server");
        return new ClusterFolders(state, home, server, SocketFolder(server));
    }

    /// <summary>Removes everything, the note in the state folder last.</summary>
    public void Delete()
    {
        foreach (string folder in new[] { Socket, Home })
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        File.Delete(NoteIn(State));
    }

    public static string ConnectionHost(string socketFolder) => $"Host={socketFolder};Port={Port}";

    // A folder that is there keeps its mode; one of ours is open to the server's user whatever the umask.
    private static void MakeEnterable(string folder)
    {
        if (Directory.Exists(folder)) return;
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    private static string NoteIn(string state) => Path.Combine(state, "postgres.location");

    private static string HomeIn(string state) => Path.Combine(state, "postgres");

    private static string? KnownHome(string state)
        => File.Exists(NoteIn(state)) ? File.ReadAllText(NoteIn(state)).Trim() : Directory.Exists(HomeIn(state)) ? HomeIn(state) : null;

    private static async Task<string> ChooseHomeAsync(string state, ServerAccount account, CancellationToken cancellationToken)
    {
        if (await account.CanEnterAsync(state, cancellationToken)) return HomeIn(state);
        string home = Path.Combine(SharedRoot, Path.GetFileName(state) + "-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)));
        // Written first: should this process end here, the next one goes on with the same place.
        await File.WriteAllTextAsync(NoteIn(state), home + "\n", cancellationToken);
        return home;
    }

    // A comma would end the path for the driver, a quote for the server.
    private static string SocketFolder(string server)
    {
        string folder = Path.Combine(server, "socket");
        bool fits = Encoding.UTF8.GetByteCount($"{folder}/.s.PGSQL.{Port}") <= SocketPathBytesMax && !folder.AsSpan().ContainsAny(",\"'\\");
        if (fits) return folder;
        string hash = ShortHash(server);
        if (Environment.IsPrivilegedProcess) return $"/run/ssashare/{hash}";
        string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        return runtime is { Length: > 0 and < 60 } && Directory.Exists(runtime) ? $"{runtime}/ssashare-{hash}" : $"/tmp/ssashare-{hash}";
    }

    private static string ShortHash(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 6));
}
