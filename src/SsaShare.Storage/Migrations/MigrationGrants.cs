using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>What the running node may do with a table; whatever is not granted, it cannot.</summary>
internal static class MigrationGrants
{
    /// <summary>Name of the setting that carries the app role's name into the migrations.</summary>
    public const string AppRoleSetting = "ssashare.app_role";

    /// <param name="migration">The migration being built.</param>
    /// <param name="privileges">For example "SELECT, INSERT".</param>
    /// <param name="target">For example "TABLE log_entry, log_tile".</param>
    public static void GrantToApp(this MigrationBuilder migration, string privileges, string target)
        => migration.Sql($"DO $grant$ BEGIN EXECUTE format('GRANT {privileges} ON {target} TO %I', current_setting('{AppRoleSetting}')); END $grant$");
}
