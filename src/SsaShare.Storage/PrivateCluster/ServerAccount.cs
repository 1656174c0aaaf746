namespace SsaShare.Storage;

/// <summary>
/// The operating system user that the server runs as: the caller, or, since PostgreSQL refuses to run as root, another one when the
/// caller is root.
/// </summary>
internal sealed class ServerAccount
{
    /// <summary>Created when root starts a cluster and there is no <c>postgres</c> user either.</summary>
    private const string OwnName = "ssashare";

    private readonly string? _uid, _gid;

    private ServerAccount(string name, string? uid, string? gid) => (Name, _uid, _gid) = (name, uid, gid);

    /// <summary>For messages.</summary>
    public string Name { get; }

    /// <summary>Whether the server runs as another user than this process.</summary>
    public bool IsAnother => _uid is not null;

    /// <exception cref="PrivateClusterException">This is root and no user could be found or made.</exception>
    public static async Task<ServerAccount> ResolveAsync(CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess) return new ServerAccount(Environment.UserName, null, null);
        // Not nobody: whatever else runs as nobody could read the data.
        foreach (string name in new[] { OwnName, "postgres" })
            if (await FindAsync(name, cancellationToken) is { } account) return account;
        var made = await ChildProgram.RunAsync(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", OwnName], null, cancellationToken);
        return made.ExitCode == 0 && await FindAsync(OwnName, cancellationToken) is { } own
            ? own
            : throw new PrivateClusterException($"PostgreSQL does not run as root and the user '{OwnName}' cannot be made ({made.Errors.Trim()}): useradd --system {OwnName}");
    }

    /// <summary>The words before a command that make it run as this user, without any way back.</summary>
    public IEnumerable<string> Prefix => IsAnother ? ["setpriv", $"--reuid={_uid}", $"--regid={_gid}", "--clear-groups", "--no-new-privs"] : [];

    /// <summary>Whether this user can reach what lies in the folder.</summary>
    public async Task<bool> CanEnterAsync(string folder, CancellationToken cancellationToken)
        => !IsAnother || (await ChildProgram.RunAsync([.. Prefix, "test", "-x", folder], null, cancellationToken)).ExitCode == 0;

    /// <summary>Makes a folder, if it is missing, that only this user (and root) can enter.</summary>
    /// <exception cref="UnauthorizedAccessException">It belongs to another user.</exception>
    public async Task MakeOwnFolderAsync(string folder, CancellationToken cancellationToken)
    {
        if (new DirectoryInfo(folder).LinkTarget is not null) throw new PrivateClusterException($"'{folder}' is a link; a folder is needed there: rm {folder}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (IsAnother && await ChildProgram.RunAsync(["chown", $"{_uid}:{_gid}", folder], null, cancellationToken) is { ExitCode: not 0 } failed)
            throw new PrivateClusterException($"Cannot give '{folder}' to the user '{Name}': {failed.Errors.Trim()}");
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static async Task<ServerAccount?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var uid = await ChildProgram.RunAsync(["id", "-u", name], null, cancellationToken);
        var gid = await ChildProgram.RunAsync(["id", "-g", name], null, cancellationToken);
        return uid.ExitCode == 0 && gid.ExitCode == 0 ? new ServerAccount(name, uid.Output.Trim(), gid.Output.Trim()) : null;
    }
}
