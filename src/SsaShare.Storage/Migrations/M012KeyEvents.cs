using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>Changes of keys of this node's partner and of its peers.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122061200_KeyEvents")]
internal sealed class M012KeyEvents : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE key_event (
                id bytea NOT NULL CONSTRAINT ck_key_event_id CHECK (octet_length(id) = 32),
                partner text NOT NULL,
                sequence int NOT NULL CONSTRAINT ck_key_event_sequence CHECK (sequence > 0),
                document bytea NOT NULL,
                log_index bigint NOT NULL,
                CONSTRAINT pk_key_event PRIMARY KEY (id),
                CONSTRAINT fk_key_event_peer FOREIGN KEY (partner) REFERENCES peer,
                CONSTRAINT fk_key_event_log_entry FOREIGN KEY (log_index) REFERENCES log_entry);
            CREATE INDEX ix_key_event_partner ON key_event (partner, sequence);
            """);
        migrationBuilder.GrantToApp("SELECT, INSERT", "TABLE key_event");
    }
}
