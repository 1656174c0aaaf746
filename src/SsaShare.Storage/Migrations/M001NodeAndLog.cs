using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SsaShare.Storage;

/// <summary>The node itself, the head that orders its commits, and its log.</summary>
[DbContext(typeof(NodeDbContext)), Migration("20261122030000_NodeAndLog")]
internal sealed class M001NodeAndLog : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TABLE node (
                id smallint NOT NULL CONSTRAINT ck_node_single CHECK (id = 1),
                epoch uuid NOT NULL,
                created timestamp with time zone NOT NULL,
                CONSTRAINT pk_node PRIMARY KEY (id));
            INSERT INTO node VALUES (1, gen_random_uuid(), now());

            CREATE TABLE head (
                id smallint NOT NULL CONSTRAINT ck_head_single CHECK (id = 1),
                feed_position bigint NOT NULL CONSTRAINT ck_head_feed_position CHECK (feed_position >= 0),
                arrival bigint NOT NULL CONSTRAINT ck_head_arrival CHECK (arrival >= feed_position),
                log_frontier bytea NOT NULL CONSTRAINT ck_head_log_frontier CHECK (octet_length(log_frontier) % 32 = 8),
                CONSTRAINT pk_head PRIMARY KEY (id));
            INSERT INTO head VALUES (1, 0, 0, '\x0000000000000000');

            CREATE TABLE log_entry (
                index bigint NOT NULL CONSTRAINT ck_log_entry_index CHECK (index >= 0),
                kind text NOT NULL,
                body bytea NOT NULL,
                salt bytea NOT NULL CONSTRAINT ck_log_entry_salt CHECK (octet_length(salt) = 16),
                time_ns bigint NOT NULL,
                CONSTRAINT pk_log_entry PRIMARY KEY (index));

            CREATE TABLE log_node (
                level smallint NOT NULL CONSTRAINT ck_log_node_level CHECK (level BETWEEN 0 AND 62),
                index bigint NOT NULL CONSTRAINT ck_log_node_index CHECK (index >= 0),
                hash bytea NOT NULL CONSTRAINT ck_log_node_hash CHECK (octet_length(hash) = 32),
                CONSTRAINT pk_log_node PRIMARY KEY (level, index));

            CREATE TABLE log_checkpoint (
                size bigint NOT NULL CONSTRAINT ck_log_checkpoint_size CHECK (size >= 0),
                root bytea NOT NULL CONSTRAINT ck_log_checkpoint_root CHECK (octet_length(root) = 32),
                note text NOT NULL,
                CONSTRAINT pk_log_checkpoint PRIMARY KEY (size));
            """);
        migrationBuilder.GrantToApp("SELECT", "TABLE node");
        migrationBuilder.GrantToApp("SELECT, UPDATE", "TABLE head");
        migrationBuilder.GrantToApp("SELECT, INSERT", "TABLE log_entry, log_node, log_checkpoint");
    }
}
